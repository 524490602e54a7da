import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  askedOver,
  beginEmpty,
  commandsDuring,
  createDraw,
  emptyRedis,
  homesOf,
  inTurn,
  lab,
  loadsDuring,
  makeTopics,
  readPages,
  readTimed,
  removeTopics,
  replyAt,
  say,
  tellServers,
  untilAsked,
} from '#labs/kit'

const log = { server: 'db', file: '/tmp/questions.log' }
const servers = ['web1', 'web2']
const groups = ['near1', 'near2', 'near3']
const mainLevel = ['redis1', 'copy1']
const usual = { web1: groups, web2: groups }
const draw = createDraw(74)
/** Twice as many as two processes may keep, so that groups are asked; and some that nobody has read. */
const [count, scouts] = [960, 630]
/** So many pages are read at a time. */
const handful = 48
/** A stall of the machine may cost some; whoever all wait for costs more. */
const few = 8
const atOnce = 3 * few
/** Milliseconds for a page: from the first moment on; and for most, when it has been away for a while. */
const [bar, soon] = [500, 150]
/** Until nobody may wait for it any more; so long it is away, who is killed for longer, and one longest. */
const [noticed, away, longer, longest] = [2000, 5000, 13_000, 19_000]
/** Milliseconds until it is asked again: five seconds, and what it takes to find out. */
const coming = 6500
const processLife = 2300
/** Readers of one page at each server at the same time; so many pages, one after the other. */
const [crowd, pages] = [40, 10]

/** A frozen group is the worst: its kernel takes connections, and nobody answers. */
const ways = draw.some(3, ['kill', 'cut', 'pause'] as const)
const turns = draw.some(3, groups).map((group, index) => [group, ways[index]!] as const)

let paths: readonly string[] = []
let others: readonly string[] = []
/** The next pages of a list, and after its end from its beginning: nobody has read them lately. */
let turn = 0
const next = (list: readonly string[]) =>
  Array.from({ length: handful }, () => list[turn++ % list.length]!)

beforeAll(async () => {
  const all = await makeTopics(lab, count + scouts, draw.word())
  paths = all.slice(0, count)
  others = all.slice(count)
  await tellServers(lab, usual, 'NEAR_URL')
})
beforeEach(async () => {
  await beginEmpty(lab, { servers, groups }, 'redis1', next(others))
  await readPages(lab, paths, inTurn(servers))
}, 60_000)
afterAll(() => removeTopics(lab, [...paths, ...others]))

test.each(turns)(
  say(
    '%s is away (%s): no page fails or is slow, and when it is back it is asked again',
    '%s 不在了（%s）：没有页面出错或者变慢；它一回来，又有人去问',
  ),
  { timeout: 90_000 },
  async (gone, how) => {
    await expectFewLoads(async () => {
      await lab[how](gone)
      await expectSoon(how === 'kill' ? longer : away)
    })
    await lab.start(gone)
    await expectFewLoads(async () => {
      await expectAskedAgain(gone, groups)
      // And what it lacks is filled into it.
      const some = next(paths)
      for (const turn of servers.keys()) await readPages(lab, some, inTurn(servers, turn))
      const homes = [...(await homesOf(lab, [gone], some)).values()]
      expect(
        homes.filter((home) => home.length > 0).length,
        say(
          `of ${handful} pages that were read since, those that ${gone} has`,
          `此后读的 ${handful} 个页面里，${gone} 存了的`,
        ),
      ).toBeGreaterThanOrEqual(handful / 8)
    })
  },
)

test(
  say(
    'two groups are away, and one is back: it is asked, though the other is not there; and then that one, too',
    '两组都不在，先回来一组：另一组还没回来，它照样有人问；后来另一组也是',
  ),
  { timeout: 90_000 },
  async () => {
    // Who goes through the list in its order meets the dead one first.
    const [stays = '', ...rest] = groups
    const [returns = '', third = ''] = draw.some(2, rest)
    const from = performance.now()
    await lab.kill(stays)
    await lab.cut(returns)
    // A write that cannot be told to them.
    for (const to of servers) await replyAt(lab, paths[0]!, draw.word(), to)
    await expectSoon(away)
    await lab.start(returns)
    await expectAskedAgain(returns, [returns, third])
    await expectSoon(from + longest - performance.now())
    await lab.start(stays)
    await expectAskedAgain(stays, groups)
  },
)

test(
  say('all groups are away: the main level answers, soon', '每一组都不在：主缓存来答，而且快'),
  { timeout: 90_000 },
  async () => {
    await expectFewLoads(async () => {
      await Promise.all(groups.map((group) => lab.pause(group)))
      await expectSoon(away, atOnce)
    })
  },
)

test(
  say(
    'a group is back, and empty: one reader a server and page asks the main level, nobody the database',
    '一组回来了，却是空的：每台服务器每个页面只有一个人去问主缓存，没有人去问数据库',
  ),
  { timeout: 90_000 },
  async () => {
    // No process has them, and each reader meets an empty group.
    await pause(processLife)
    await readCrowds(draw.some(2, paths))
    await emptyRedis(lab, groups)
    await pause(processLife)
    let asked: Readonly<Record<string, number>> = {}
    await expectFewLoads(async () => {
      asked = await askedOver(lab, mainLevel, () => readCrowds(draw.some(pages, paths)))
    })
    // Three groups are filled, and who asks may have two questions: for the page, and for its time.
    const most = pages * servers.length * groups.length * 2
    const sum = mainLevel.reduce((total, server) => total + asked[server]!, 0)
    expect(
      sum,
      say(
        `what the main level was asked, by ${crowd} readers a server of ${pages} pages`,
        `${pages} 个页面，每台服务器 ${crowd} 个读者，问主缓存的次数`,
      ),
    ).toBeLessThanOrEqual(most)
    const heard = await commandsDuring(lab, groups, () => readPages(lab, paths, inTurn(servers)))
    const deaf = groups.filter((group) => heard[group]! < paths.length / 10)
    expect(deaf, say('groups that nobody asks', '没有人去问的组')).toEqual([])
  },
)

async function expectAskedAgain(back: string, row: readonly string[]): Promise<void> {
  const isAsked = () => untilAsked(lab, { servers, groups: row }, next(others), 1)
  const message = say(`both servers ask ${back} again`, `两台服务器又都去问 ${back}`)
  await expect.poll(isAsked, { timeout: coming, interval: 100, message }).toBe(true)
}

/** All at once, at both servers. */
async function readCrowds(some: readonly string[]): Promise<void> {
  for (const path of some) {
    const all = Array.from({ length: crowd * servers.length }, () => path)
    const { withoutPage } = await readTimed(lab, all, inTurn(servers), all.length)
    expect(withoutPage, say('pages without a good answer', '没有正常响应的页面')).toEqual([])
  }
}

/** From the first moment on no page is slow; a little later nobody waits for whoever is away. */
async function expectSoon(ms: number, atATime = few): Promise<void> {
  const from = performance.now()
  const [slow, waiting]: [string[], string[]] = [[], []]
  let late = 0
  while (performance.now() < from + ms) {
    const some = next(paths)
    const isLate = performance.now() > from + noticed
    const { withoutPage, slowerThan } = await readTimed(lab, some, inTurn(servers), atATime)
    expect(withoutPage, say('pages without a good answer', '没有正常响应的页面')).toEqual([])
    slow.push(...slowerThan(bar))
    if (!isLate) continue
    waiting.push(...slowerThan(soon))
    late += some.length
  }
  expect(
    slow.length,
    say(`pages that took over ${bar} ms`, `超过 ${bar} 毫秒的页面`),
  ).toBeLessThanOrEqual(few)
  expect(
    Number((waiting.length / late).toFixed(2)),
    say(
      `the part of the pages that took over ${soon} ms, ${noticed / 1000} s later`,
      `${noticed / 1000} 秒之后，还超过 ${soon} 毫秒的页面占几成`,
    ),
  ).toBeLessThanOrEqual(0.1)
}

async function expectFewLoads(work: () => Promise<unknown>): Promise<void> {
  const loads = await loadsDuring(lab, log, paths, work)
  const message = say('pages that the database was asked for', '又去问数据库的页面')
  expect(loads.length, message).toBeLessThanOrEqual(few)
}
