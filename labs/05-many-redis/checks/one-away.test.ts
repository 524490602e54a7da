import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  as,
  commandsDuring,
  countHomes,
  createDraw,
  emptyRedis,
  expectSeen,
  greetedBy,
  homesOf,
  inTurn,
  lab,
  lackingOf,
  lackingReplies,
  loadsDuring,
  makeTopics,
  openTopics,
  readPages,
  type RedisLists,
  removeTopics,
  replyAt,
  say,
  tellServers,
  type Where,
} from '#labs/kit'

const log = { server: 'db', file: '/tmp/questions.log' }
const servers = ['web1', 'web2']
const redis = ['redis1', 'redis2', 'redis3', 'redis4']
const usual: RedisLists = {
  web1: ['redis1', 'redis2', 'redis3'],
  web2: ['redis3', 'redis1', 'redis2'],
}
const draw = createDraw(54)
const count = 600
/** A stall of the machine may cost some. */
const few = count / 25
/** So many have signed in when one goes. */
const guests = 20
/** Milliseconds until both servers must have noticed that one goes, or comes. */
const [going, coming] = [5000, 10_000]

/** Each of them in turn, in one of the ways; what is cut off or frozen still knows what it knew. */
const ways = draw.some(4, ['kill', 'cut', 'pause', 'cut'] as const)
const turns = redis.map((name, index) => [name, ways[index]!] as const)

let paths: readonly string[] = []
beforeAll(async () => {
  paths = await makeTopics(lab, count, draw.word())
  await tellServers(lab, { web1: draw.some(4, redis), web2: draw.some(4, redis) })
})
afterAll(async () => {
  await removeTopics(lab, paths)
  await tellServers(lab, usual)
})

test.each(turns)(
  say('%s is away (%s) and comes back', '%s 不在了（%s），又回来'),
  { timeout: 120_000 },
  async (gone, how) => {
    const others = redis.filter((name) => name !== gone)
    await emptyRedis(lab, redis)
    await readAll(['/', ...paths])
    const before = await homesOf(lab, redis, paths)
    const orphans = paths.filter((path) => before.get(path)?.includes(gone))
    expect(orphans.length, say(`pages of ${gone}`, `${gone} 的页面`)).toBeGreaterThan(few)
    const written = new Map<string, string>()
    /** The topic that was opened last, and its title. Nobody has read it. */
    let made = new Map<string, string>()
    const writeTo = async (path: string, index: number) => {
      const text = draw.word(16)
      const to = servers[index % 2]!
      if (path === '/') {
        const opened = await openTopics(lab, 1, text, { to, port: 3000 })
        made = new Map(opened.map((one) => [one, text]))
      } else await replyAt(lab, path, text, to)
      written.set(path, text)
    }
    const members = await signInMany()

    await lab[how](gone)
    await expectKeptAgain(orphans, going)
    signedIn += members.size
    forgotten += await countForgotten(members)
    expectOnlyOf(orphans, await loadsOf(() => readAll(paths)))
    const again = await loadsOf(() => readAll(paths, 1))
    expect(
      again.length,
      say('pages that the other server loaded again', '另一台又读了一次的页面'),
    ).toBeLessThanOrEqual(few)
    const homes = await homesOf(lab, others, orphans)
    const shares = countHomes(homes, others)
    const most = say(
      `pages of ${gone} that one of the others has taken over, of ${orphans.length}`,
      `${gone} 的 ${orphans.length} 个页面，其余某一个接管了几个`,
    )
    expect(Math.max(...shares), most).toBeLessThanOrEqual(orphans.length / 2)
    expect(Math.min(...shares), most).toBeGreaterThan(0)

    // The front page is an orphan once in four turns, wherever it lives.
    for (const [index, path] of ['/', ...draw.some(6, orphans)].entries())
      await writeTo(path, index)
    await expectSeen(lab, written, servers)

    await lab.start(gone)
    const lacking: string[] = []
    const isHome = async () => {
      lacking.push(...(await lackingOf(lab, written, servers, 1)))
      // What was cut off has its old pages anyhow: that it is asked for them, by both, is the sign.
      for (const to of servers) {
        const commands = await commandsDuring(lab, [gone], () => readAt(orphans, () => to))
        if (commands[gone]! < orphans.length - few) return false
      }
      const [back = 0] = countHomes(await homesOf(lab, [gone], orphans), [gone])
      return back >= orphans.length - few
    }
    const message = say(`pages live in ${gone} again`, `页面又住进了 ${gone}`)
    const known = new Set(orphans)
    const rest = paths.filter((path) => !known.has(path))
    await expect.poll(isHome, { timeout: coming, interval: 200, message }).toBe(true)
    lacking.push(...(await lackingOf(lab, written, servers)))
    // From its first moment on: one old page was too many.
    expect([...new Set(lacking)], lackingReplies()).toEqual([])
    const lost = await loadsOf(() => readAll(rest))
    expect(
      lost.length,
      say('pages that its return has emptied elsewhere', '它一回来，别处丢了的页面'),
    ).toBeLessThanOrEqual(few)

    // What has stood in for it still has what it kept: older than what is written now.
    for (const [index, path] of [...written.keys()].entries()) await writeTo(path, index + 1)
    await lab.kill(gone)
    await expectKeptAgain(orphans, going)
    await expectSeen(lab, new Map([...written, ...made]), servers)
    await lab.start(gone)
    await expect.poll(isHome, { timeout: coming, interval: 200, message }).toBe(true)
  },
)

let [signedIn, forgotten] = [0, 0]

test(
  say(
    'who had signed in elsewhere is still signed in when one goes',
    '登录存在别处的人，有一个不在了也还登录着',
  ),
  () => {
    // A quarter of them were at the one that went, on average.
    const message = say(
      `signed in before one of four went, and not known then, of ${signedIn} in ${turns.length} turns`,
      `四个里有一个不在之前登录、之后却不认识的人，${turns.length} 轮一共 ${signedIn} 人`,
    )
    expect(forgotten, message).toBeLessThanOrEqual(signedIn / 2)
  },
)

/** Name → cookie. */
async function signInMany(): Promise<ReadonlyMap<string, string>> {
  const members = new Map<string, string>()
  for (let index = 0; index < guests; index++) {
    const name = `Guest ${draw.word()}`
    members.set(name, (await lab.signIn(name, { to: servers[index % 2]!, port: 3000 })) ?? '')
  }
  return members
}

/** Whom one of the servers takes for a stranger. */
async function countForgotten(members: ReadonlyMap<string, string>): Promise<number> {
  const visits = servers.flatMap((to) =>
    [...members.values()].map((cookie) => as(cookie, { path: '/', to, port: 3000 })),
  )
  const { all } = await lab.send(visits, { concurrency: 8 })
  const known = (name: string, at: number) =>
    servers.every((_, server) => greetedBy(all[server * members.size + at]!) === name)
  return [...members.keys()].filter((name, at) => !known(name, at)).length
}

/** Both servers have noticed: they find what each of them has loaded since. */
async function expectKeptAgain(orphans: readonly string[], timeout: number): Promise<void> {
  const some = orphans.slice(0, 30)
  const isKept = async () => {
    for (const turn of [0, 1]) await readAll(some, turn)
    const loads = await loadsOf(async () => {
      for (const turn of [0, 1]) await readAll(some, turn)
    })
    return loads.length === 0
  }
  const message = say(
    'both servers keep the pages of the one that is away',
    '不在的那个的页面，两台服务器又都存得住',
  )
  await expect.poll(isKept, { timeout, interval: 200, message }).toBe(true)
}

function expectOnlyOf(orphans: readonly string[], loads: readonly string[]): void {
  const known = new Set(orphans)
  const others = loads.filter((path) => !known.has(path)).length
  const message = say(
    'pages of the others that were loaded again',
    '别的 Redis 的页面，却又读了一次',
  )
  expect(others, message).toBeLessThanOrEqual(few)
}

/** Whoever asks while one is away is answered soon, too. */
const readAt = (pages: readonly string[], where: Where) => readPages(lab, pages, where, 5000)

const readAll = (pages: readonly string[], first = 0) => readAt(pages, inTurn(servers, first))

const loadsOf = (work: () => Promise<void>) => loadsDuring(lab, log, paths, work)
