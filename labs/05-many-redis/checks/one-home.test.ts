import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  as,
  createDraw,
  emptyRedis,
  expectOneHomeEach,
  expectSeen,
  expectTwoMinutes,
  greetedBy,
  homesOf,
  inTurn,
  lab,
  loadsDuring,
  loadsIn,
  makeTopics,
  openTopics,
  readPages,
  type RedisLists,
  removeTopics,
  replyAt,
  say,
  tellServers,
  type Where,
  whileHolding,
} from '#labs/kit'

const log = { server: 'db', file: '/tmp/questions.log' }
const line = { server: 'line', control: 8000, ports: { web1: 3301, web2: 3302 } }
const servers = ['web1', 'web2'] as const
const bothWays = [servers, ['web2', 'web1']] as const
const redis = ['redis1', 'redis2', 'redis3']
const usual: RedisLists = { web1: redis, web2: ['redis3', 'redis1', 'redis2'] }
const draw = createDraw(51)
const count = 300
/** A stall of the machine may cost some. */
const few = count / 20

/** Every order of three, each told to one of the servers. */
const orders = draw.some(
  6,
  redis.flatMap((a) =>
    redis.flatMap((b) => redis.filter((c) => new Set([a, b, c]).size === 3).map((c) => [a, b, c])),
  ),
)
const pairs = [0, 2, 4].map((at) => [orders[at]!.join(), orders[at + 1]!.join()] as const)

let paths: readonly string[] = []
let first: ReadonlyMap<string, readonly string[]> = new Map()

beforeAll(async () => {
  await tellServers(lab, usual)
  paths = await makeTopics(lab, count, draw.word())
  await emptyRedis(lab, redis)
})
afterAll(async () => {
  await removeTopics(lab, paths)
  await tellServers(lab, usual)
})

test(
  say(
    'what one server has read, the other finds, and it lies in one Redis',
    '一台服务器读过的，另一台找得到，而且只存在一个 Redis 里',
  ),
  async () => {
    await readAll(inTurn(servers))
    const loads = await loadsOf(() => readAll(inTurn(servers, 1)))
    expect(
      loads.length,
      say('pages that the other server loaded again', '另一台又读了一次的页面'),
    ).toBeLessThanOrEqual(few)
    first = await homesOf(lab, redis, paths)
    expectOneHomeEach(first)
    for (const server of redis) await expectTwoMinutes(lab, server)
  },
)

test.each(pairs)(
  say(
    'whatever the order of the lists, every page has the home that it had: web1 %s, web2 %s',
    '不管名单什么次序，每个页面还住在原来的家：web1 %s，web2 %s',
  ),
  async (web1, web2) => {
    await tellServers(lab, { web1: web1.split(','), web2: web2.split(',') })
    // Copies from earlier orders would hide a stray.
    await emptyRedis(lab, redis)
    await readAll(() => 'web1')
    let again = await loadsOf(() => readAll(() => 'web2'))
    const message = say('pages that web2 loaded again', 'web2 又读了一次的页面')
    expect(again.length, message).toBeLessThanOrEqual(few)
    // A stall of the machine doesn't meet the same ones each time.
    for (let turn = 0; turn < 2 && again.length > 0; turn++) {
      const some = [...new Set(again)]
      await emptyRedis(lab, redis)
      await readPages(lab, some, () => 'web1')
      again = await loadsOf(() => readPages(lab, some, () => 'web2'))
      if (again.length === 0) await readAll(() => 'web1')
    }
    expect(again, `${message}${say(', each time', '，每次都是')}`).toEqual([])
    const homes = await homesOf(lab, redis, paths)
    expectOneHomeEach(homes)
    const moved = paths.filter((path) => homes.get(path)?.[0] !== first.get(path)?.[0])
    expect(moved.length, say('pages that have moved', '搬了家的页面')).toBeLessThanOrEqual(few)
  },
)

test(
  say(
    'a reply is seen at once on both servers, wherever its topic lives',
    '回复立刻在两台服务器上看得到，不管话题住在哪里',
  ),
  async () => {
    for (const [index, path] of draw.some(12, paths).entries()) {
      for (const to of servers) await lab.request(path, { to, port: 3000 })
      const text = draw.word(16)
      await replyAt(lab, path, text, servers[index % 2]!)
      await expectSeen(lab, new Map([[path, text]]), servers)
    }
  },
)

test.each(bothWays)(
  say(
    'the front page, too, has one home, and a new topic is on it at once: read at %s, written at %s',
    '首页也只有一个家，新话题立刻在上面：在 %s 读，在 %s 写',
  ),
  async (reader, writer) => {
    await emptyRedis(lab, redis)
    await lab.request('/', { to: reader, port: 3000 })
    const asked = await lab.questions(log, () => lab.request('/', { to: writer, port: 3000 }))
    const again = say(`loaded again at ${writer}`, `${writer} 又读了一次`)
    expect(loadsIn(asked), again).toEqual([])
    const homes = say('where the front page lies', '首页存在哪里')
    expect((await homesOf(lab, redis, ['/'])).get('/'), homes).toHaveLength(1)
    const title = draw.word(12)
    await openTopics(lab, 1, title, { to: writer, port: 3000 })
    await expectSeen(lab, new Map([['/', title]]), servers)
  },
)

test.each(bothWays)(
  say(
    'who read the old topic before the reply cannot put it back afterwards: reader at %s',
    '回复之前读到旧话题的人，之后不能把它放回去：读者在 %s',
  ),
  async (reader, writer) => {
    await emptyRedis(lab, redis)
    // The list of topics, if there is one, is not what is held back.
    await lab.request('/topics/1', { to: reader, port: 3000 })
    const hold = { what: 'answer', words: 'replies r', of: [reader] } as const
    for (const path of draw.some(4, paths)) {
      const text = draw.word(16)
      await whileHolding(lab, line, hold, async (held) => {
        const slow = lab.request(path, { to: reader, port: 3000, timeoutMs: 3000 })
        await held.until(2)
        await replyAt(lab, path, text, writer)
        await held.release(reader)
        expect((await slow).status, say('the slow reader', '慢读者')).toBe(200)
      })
      await expectSeen(lab, new Map([[path, text]]), servers)
    }
  },
)

test(
  say('whoever has signed in at one server is known at both', '在一台服务器上登录，两台都认得'),
  async () => {
    const names = Array.from({ length: 10 }, () => `Guest ${draw.word()}`)
    for (const [index, name] of names.entries()) {
      const cookie = (await lab.signIn(name, { to: servers[index % 2], port: 3000 })) ?? ''
      for (const to of servers) {
        const answer = await lab.request('/', { ...as(cookie, { path: '/' }), to, port: 3000 })
        expect(greetedBy(answer), say(`greeted at ${to}`, `${to} 上的称呼`)).toBe(name)
      }
    }
  },
)

const readAll = (where: Where) => readPages(lab, paths, where)

const loadsOf = (work: () => Promise<void>) => loadsDuring(lab, log, paths, work)
