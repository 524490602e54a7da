import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  as,
  beginAnew,
  createDraw,
  greetedBy,
  homesOf,
  lab,
  loadsIn,
  makeTopics,
  removeTopics,
  say,
  untilInStep,
  untilKept,
} from '#labs/kit'

const log = { server: 'db', file: '/tmp/questions.log' }
const servers = ['web1', 'web2']
const halves = [
  ['redis1', 'copy1'],
  ['redis2', 'copy2'],
] as const
const redis = halves.flat()
const pairs = { redis, sentinels: ['sentinel1', 'sentinel2', 'sentinel3'], web: servers }
const draw = createDraw(62)
const count = 240
/** A stall of the machine may cost some. */
const few = count / 40
/** Milliseconds for one page, whoever is away; and where the database answers a crowd, on a busy machine. */
const [bar, crowdBar] = [500, 600]
/** Until who was taken for a stranger is asked about once more. */
const stall = 500
/** So long it is read after the blow: until long after another has taken over, where one does. */
const watched = 6000

/** A frozen master is the worst of all: its kernel takes connections, and nobody answers. */
const [frozen = '', other = ''] = draw.some(2, ['redis1', 'redis2'])
const turns = [
  [frozen, 'pause'],
  [other, draw.one(['kill', 'cut'] as const)],
  [draw.one(['copy1', 'copy2']), draw.one(['kill', 'cut', 'pause'] as const)],
] as const

interface Member {
  readonly name: string
  readonly cookie: string
}
let paths: readonly string[] = []
let members: readonly Member[] = []

beforeAll(async () => {
  paths = await makeTopics(lab, count, draw.word())
})
beforeEach(async () => {
  await beginAnew(lab, pairs)
  await untilKept(lab, { log, pages: paths, servers })
  members = []
  for (const [index, to] of [...servers, ...servers, ...servers].entries()) {
    const name = `Guest ${draw.word()} ${index}`
    const cookie = (await lab.signIn(name, { to, port: 3000 })) ?? ''
    members = [...members, { name, cookie }]
  }
  // Where there is no copy, it is another task that fails.
  await untilInStep(lab, halves, 3000)
}, 120_000)
afterAll(() => removeTopics(lab, paths))

test.each(turns)(
  say(
    '%s is away (%s): what was kept is still a hit, and who was signed in is greeted',
    '%s 不在了（%s）：存过的照样命中，登录过的照样认得',
  ),
  { timeout: 120_000 },
  async (gone, how) => {
    await lab[how](gone)
    const [slow, strangers]: [string[], string[]] = [[], []]
    const asked = await lab.questions(log, async () => {
      const until = performance.now() + watched
      while (performance.now() < until) {
        slow.push(...(await readSoon(draw.some(24, paths))))
        strangers.push(...(await strangersNow(draw.some(2, members))))
      }
    })
    const known = new Set(paths)
    const loads = loadsIn(asked).filter((path) => known.has(path))
    // Eight are under way when another is promoted, and that ends all connections.
    expect(
      loads.length,
      say('pages that the database was asked for', '又去问数据库的页面'),
    ).toBeLessThanOrEqual(2 * few)
    expect(
      slow.length,
      say(`pages that took over ${bar} ms`, `超过 ${bar} 毫秒的页面`),
    ).toBeLessThanOrEqual(few)
    expect(strangers, say('who is not greeted any more', '认不出来的人')).toEqual([])
  },
)

test(
  say(
    'master and copy are both away: their pages come from the database, soon',
    '主和副本都不在：它们的页面从数据库来，而且快',
  ),
  { timeout: 120_000 },
  async () => {
    const [master, copy] = draw.one(halves)
    const homes = await homesOf(lab, redis, paths)
    const orphans = paths.filter((path) => homes.get(path)?.includes(master))
    const rest = new Set(paths.filter((path) => !orphans.includes(path)))
    expect(orphans.length, say(`pages of ${master}`, `${master} 的页面`)).toBeGreaterThan(few)
    await lab.pause(copy)
    await lab.pause(master)
    const slow: string[] = []
    // All among each other: whoever gives up the one half must not give up the other with it.
    const asked = await lab.questions(log, async () => {
      for (const pages of [orphans, draw.some(count, paths)])
        slow.push(...(await readSoon(pages, crowdBar)))
    })
    expect(
      slow.length,
      say(`pages that took over ${crowdBar} ms`, `超过 ${crowdBar} 毫秒的页面`),
    ).toBeLessThanOrEqual(few)
    const loads = loadsIn(asked).filter((path) => rest.has(path))
    expect(
      loads.length,
      say('pages of the other half that were loaded again', '另一半里又读了一次的页面'),
    ).toBeLessThanOrEqual(few)
  },
)

/** Each of these pages at each server: those that took too long. Every one must be answered well. */
async function readSoon(pages: readonly string[], ms = bar): Promise<string[]> {
  const requests = pages.flatMap((path) =>
    servers.map((to) => ({ path, to, port: 3000, timeoutMs: 5000 })),
  )
  const answers = await lab.send(requests, { concurrency: 8, bodies: false })
  expect(answers.withoutPage, say('pages without a good answer', '没有正常响应的页面')).toEqual([])
  return answers.all.flatMap((one, index) => (one.ms > ms ? [requests[index]!.path] : []))
}

/** Asked about twice: a stall of the machine makes nobody a stranger. */
async function strangersNow(among: readonly Member[], isAgain = false): Promise<string[]> {
  const requests = among.flatMap(({ cookie }) =>
    servers.map((to) => ({ ...as(cookie, { path: '/whoami' }), to, port: 3000, timeoutMs: 5000 })),
  )
  const { all } = await lab.send(requests)
  const strangers = among.filter((_, index) =>
    servers.some((_, at) => !isCalled(all[index * servers.length + at]!.body, among[index]!.name)),
  )
  if (isAgain || strangers.length === 0) return strangers.map(({ name }) => name)
  await pause(stall)
  return strangersNow(strangers, true)
}

const isCalled = (body: string, name: string) =>
  body.includes(`"user":"${name}"`) || greetedBy({ body }) === name
