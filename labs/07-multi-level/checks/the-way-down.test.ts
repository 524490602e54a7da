import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  beginEmpty,
  commandsDuring,
  createDraw,
  emptyRedis,
  homesOf,
  inTurn,
  lab,
  loadsDuring,
  livesOf,
  makeTopics,
  readings,
  readPages,
  readTimed,
  removeTopics,
  say,
  shareOf,
  tellServers,
  type Timed,
  untilAsked,
  untilInStep,
} from '#labs/kit'

const log = { server: 'db', file: '/tmp/questions.log' }
const servers = ['web1', 'web2']
const groups = ['near1', 'near2', 'near3']
const mainLevel = ['redis1', 'copy1']
const usual = { web1: groups, web2: groups }
const draw = createDraw(71)
/** Read by the tests, and by whoever wants to know whether the groups are asked at all. */
const [count, scouts] = [300, 45]
/** A stall of the machine may cost some; a crowd is more than that. */
const few = count / 20
const crowd = 2 * few
/** Of what a server asks of the groups: a third each, as chance would have it. */
const [least, most] = [0.2, 0.47]
/** Milliseconds: for one page, whoever is away; for a page in a group; for a page in a process. */
const [bar, nearLife, processLife] = [500, 60_000, 2300]
/** For a crowd at the database, on a busy machine. Who waits for two that are away takes longer still. */
const crowdBar = bar + 80

const ways = draw.some(3, ['kill', 'cut', 'pause'] as const)
const alone = draw.some(3, groups).map((group, index) => [group, ways[index]!] as const)

let paths: readonly string[] = []
let others: readonly string[] = []
beforeAll(async () => {
  const all = await makeTopics(lab, count + scouts, draw.word())
  paths = all.slice(0, count)
  others = all.slice(count)
})
beforeEach(async () => {
  await tellServers(lab, usual, 'NEAR_URL')
  // Whoever was away in the test before has to be back.
  await untilInStep(lab, [['redis1', 'copy1']], 10_000)
  await beginEmpty(lab, { servers, groups }, 'redis1', others)
}, 60_000)
afterAll(async () => {
  await removeTopics(lab, [...paths, ...others])
  await tellServers(lab, usual, 'NEAR_URL')
})

test.each(servers)(
  say('each group has its share of what %s asks', '%s 要的东西，每组各分一份'),
  async (to) => {
    await expectShared(() => readPages(lab, paths, () => to))
    await pause(processLife)
    // And where nobody else is there, so that none of them is busier than another.
    await expectShared(() => readTimed(lab, paths, () => to, 1))
  },
)

test(
  say(
    'no page belongs to a group: who asks again, asks another, as chance would have it',
    '页面不归哪一组管：再要一次，问到的可能是另一组',
  ),
  { timeout: 60_000 },
  async () => {
    const some = draw.some(100, paths)
    // Both servers want them in the same moment, in another order each.
    const [ones, others] = servers.map(() => draw.some(some.length, some))
    await readPages(
      lab,
      some.flatMap((_, at) => [ones![at]!, others![at]!]),
      inTurn(servers),
    )
    const inTwo = [...(await homesOf(lab, groups, some)).values()]
    expect(
      inTwo.filter(({ length }) => length > 1).length,
      say(
        'of 100 pages that both servers have read in the same moment, those in two groups',
        '两台服务器同时读的 100 个页面里，分在两组的',
      ),
    ).toBeGreaterThanOrEqual(40)
    await emptyRedis(lab, groups)
    await pause(processLife)
    // At one server, and each time when its process has forgotten them.
    for (const turn of [1, 2, 3]) {
      await readPages(lab, some, () => 'web1')
      if (turn < 3) await pause(processLife)
    }
    const homes = [...(await homesOf(lab, groups, some)).values()]
    expect(
      homes.filter(({ length }) => length > 1).length,
      say(
        'of 100 pages that were read three times, those in several groups',
        '读过三次的 100 个页面里，不止在一组的',
      ),
    ).toBeGreaterThanOrEqual(70)
  },
)

test(
  say(
    'what was found is filled into the group that was asked, and into the main level',
    '找到的，填进刚才问过的那一组，还有主缓存',
  ),
  { timeout: 60_000 },
  async () => {
    const copied = await commandsDuring(
      lab,
      ['copy1'],
      () => readPages(lab, ['/', ...paths], inTurn(servers)),
      readings,
    )
    expect(
      copied.copy1,
      say('what the copy was asked, though the master answers', '主答得出来，还去问副本的次数'),
    ).toBeLessThanOrEqual(few)
    await expectFilled()
    const front = (await homesOf(lab, groups, ['/'])).get('/')!
    expect(front.length, say('groups with the front page', '有首页的组')).toBeGreaterThan(0)
    const before = await livesInGroups()
    expect(
      [...before].filter(([, life]) => life < 0 || life > nearLife),
      say('what a group keeps for over a minute', '组里留了一分钟以上的'),
    ).toEqual([])
    await pause(processLife)
    // Nobody gives them to another group afterwards; and who finds a page does not give it more time.
    await expectFilled()
    await readPages(lab, paths, inTurn(servers))
    const after = await livesInGroups()
    expect(
      [...after].filter(([key, life]) => life > before.get(key)!).length,
      say('pages that have more time than before they were found', '读到一次，寿命反而变长的页面'),
    ).toBeLessThanOrEqual(few)
  },
)

test(
  say(
    'what only the main level has, the database is not asked for; and it is filled in again',
    '只有主缓存里有的，不去问数据库；照样填进那一组',
  ),
  { timeout: 60_000 },
  async () => {
    await readPages(lab, paths, inTurn(servers))
    await emptyRedis(lab, groups)
    await pause(processLife)
    await expectFewLoads(() => readPages(lab, paths, inTurn(servers, 1)))
    await expectFilled()
  },
)

test.each(ways)(
  say('the master is away (%s), and its copy answers', '主不在了（%s），副本来答'),
  { timeout: 60_000 },
  async (how) => {
    await readPages(lab, paths, inTurn(servers))
    await emptyRedis(lab, groups)
    await pause(processLife)
    await untilInStep(lab, [['redis1', 'copy1']], 3000)
    await lab[how]('redis1')
    await expectSoonAndKept()
  },
)

test.each(alone)(
  say(
    'master and copy are away, and %s answers (%s); the rest comes from the database',
    '主和副本都不在，由 %s 来答（%s）；没有的，去问数据库',
  ),
  { timeout: 90_000 },
  async (group, how) => {
    // One group alone, for else each page would have to be in all of them.
    await tellServers(lab, { web1: [group], web2: [group] }, 'NEAR_URL')
    await untilAsked(lab, { servers, groups: [group] }, others)
    const [kept, unread] = [paths.slice(0, 200), paths.slice(200)]
    await readPages(lab, kept, inTurn(servers))
    await pause(processLife)
    await Promise.all(mainLevel.map((server) => lab[how](server)))
    // From the first moment on, of either kind. So many at once that a stall cannot excuse those who wait.
    expectSoon(await readTimed(lab, unread, inTurn(servers), crowd), crowdBar)
    await expectSoonAndKept(kept)
  },
)

/** Chance has it so, by what the groups have counted. */
async function expectShared(work: () => Promise<unknown>): Promise<void> {
  const asked = await commandsDuring(lab, groups, work)
  const shares = shareOf(asked)
  const what = say(
    `commands by group ${JSON.stringify(asked)}`,
    `各组的命令 ${JSON.stringify(asked)}`,
  )
  expect(shares, what).toBeDefined()
  expect(Math.min(...Object.values(shares!)), what).toBeGreaterThanOrEqual(least)
  expect(Math.max(...Object.values(shares!)), what).toBeLessThanOrEqual(most)
}

/** `near1 page:topic:7` → milliseconds that it has to live. */
async function livesInGroups(): Promise<ReadonlyMap<string, number>> {
  const all = groups.map(async (group) =>
    [...(await livesOf(lab, group))].map(([key, life]) => [`${group} ${key}`, life] as const),
  )
  return new Map((await Promise.all(all)).flat())
}

/** Each page in one group, and in the main level twice. */
async function expectFilled(): Promise<void> {
  const strays = async () => {
    const homes = await homesOf(lab, [...groups, ...mainLevel], paths)
    const isRight = (home: readonly string[]) => /^copy1,near\d,redis1$/.test(home.join())
    return [...homes.values()].filter((home) => !isRight(home)).length
  }
  const message = say(
    'pages that are not in one group, at redis1 and at copy1',
    '没有恰好存在一组、redis1 和 copy1 里的页面',
  )
  await expect.poll(strays, { timeout: 3000, interval: 200, message }).toBeLessThanOrEqual(few)
}

async function expectFewLoads(work: () => Promise<unknown>): Promise<void> {
  const loads = await loadsDuring(lab, log, paths, work)
  const message = say('pages that the database was asked for', '又去问数据库的页面')
  expect(loads.length, message).toBeLessThanOrEqual(few)
}

async function expectSoonAndKept(pages = paths): Promise<void> {
  await expectFewLoads(async () => {
    for (const turn of servers.keys())
      expectSoon(await readTimed(lab, pages, inTurn(servers, turn)))
  })
}

function expectSoon({ withoutPage, slowerThan }: Timed, ms = bar): void {
  expect(withoutPage, say('pages without a good answer', '没有正常响应的页面')).toEqual([])
  expect(
    slowerThan(ms).length,
    say(`pages that took over ${ms} ms`, `超过 ${ms} 毫秒的页面`),
  ).toBeLessThanOrEqual(few)
}
