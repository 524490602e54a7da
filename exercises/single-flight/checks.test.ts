import { beforeEach, expect, test } from 'vitest'
import { say } from '../say.ts'
import { createFakeWorld, LEASE_MS } from './fake-world.ts'
import { createCache, type Cache } from './starter.ts'

/** What was agreed. */
const POLL_MS = 20
const LOOKS = 50

let fake: ReturnType<typeof createFakeWorld>
let web1: Cache
let web2: Cache

beforeEach(() => {
  fake = createFakeWorld()
  fake.rows.set('tea', 'green')
  web1 = createCache(fake.world)
  web2 = createCache(fake.world)
})

type Seen = string | 'error' | 'no answer yet'

/** What this reader has been told so far. */
function reader(cache: Cache, key = 'tea'): () => Seen {
  let seen: Seen = 'no answer yet'
  cache.read(key).then(
    (value) => (seen = value),
    () => (seen = 'error'),
  )
  return () => seen
}
const readers = (count: number, cache: Cache) => Array.from({ length: count }, () => reader(cache))
const seenBy = (all: readonly (() => Seen)[]) => [...new Set(all.map((seen) => seen()))]

/** The database has a new value, and this server says so to the cache. */
async function change(value: string, server: Cache): Promise<void> {
  fake.rows.set('tea', value)
  let isDone = false
  void server.invalidate('tea').then(() => (isDone = true))
  await fake.settle()
  expect(isDone).toBe(true)
}

test(
  say('what Redis has is shown, and no database asked', 'Redis 里有的直接给，不问数据库'),
  async () => {
    fake.entries.set('tea', 'black')
    const one = reader(web1)
    await fake.settle()
    expect([one(), fake.questions]).toEqual(['black', 0])
  },
)

test(
  say(
    'fifty on one server: one look into Redis, one question',
    '一台服务器上五十人：看一次，问一次',
  ),
  async () => {
    const all = readers(50, web1)
    await fake.settle()
    expect([fake.looks, fake.questions]).toEqual([1, 1])
    await fake.answer()
    expect(seenBy(all)).toEqual(['green'])
    expect(fake.entries.get('tea')).toBe('green')
  },
)

test(
  say('what was found is looked for again the next time', '找到之后，下一位重新去看'),
  async () => {
    reader(web1)
    await fake.settle()
    await fake.answer()
    await change('oolong', web2)
    const next = reader(web1)
    await fake.settle()
    await fake.answer()
    expect(next()).toBe('oolong')
  },
)

test(
  say(
    'a failure is told to all who wait; the next one may ask at once',
    '失败告诉每个等的人；下一位马上可以再问',
  ),
  async () => {
    const all = readers(3, web1)
    await fake.settle()
    await fake.fail()
    expect(seenBy(all)).toEqual(['error'])
    const next = reader(web1)
    await fake.settle()
    expect(fake.questions).toBe(2)
    await fake.answer()
    expect(next()).toBe('green')
  },
)

test(say('two keys don’t wait for each other', '两个键互不等待'), async () => {
  fake.rows.set('milk', 'cold')
  const tea = reader(web1)
  const milk = reader(web1, 'milk')
  await fake.settle()
  expect(fake.waiting()).toBe(2)
  await fake.answer(1)
  expect([tea(), milk()]).toEqual(['no answer yet', 'cold'])
})

test(
  say(
    'fifty on two servers: one question, and a look every 20 ms',
    '两台服务器上五十人：问一次，每 20 毫秒看一眼',
  ),
  async () => {
    const all = [...readers(25, web1), ...readers(25, web2)]
    await fake.settle()
    await fake.pass(5 * POLL_MS)
    expect(fake.questions).toBe(1)
    expect(fake.looks).toBeLessThanOrEqual(2 + 5)
    await fake.answer()
    await fake.pass(POLL_MS)
    expect(seenBy(all)).toEqual(['green'])
    expect(fake.questions).toBe(1)
  },
)

test(
  say(
    'when the asker dies, another asks as soon as the lease is over',
    '去问的人死了，租约一到另一位就去',
  ),
  async () => {
    reader(web1) // Its question is never answered.
    await fake.settle()
    const other = reader(web2)
    await fake.pass(LEASE_MS - 1)
    expect(fake.questions).toBe(1)
    await fake.pass(POLL_MS + 1)
    expect(fake.questions).toBe(2)
    await fake.answer(1)
    expect(other()).toBe('green')
  },
)

test(
  say('whose patience is over asks the database himself', '等够了的人自己去问数据库'),
  async () => {
    fake.leaseMs = Infinity
    reader(web1)
    await fake.settle()
    const other = reader(web2)
    await fake.pass((LOOKS - 2) * POLL_MS)
    expect(fake.questions).toBe(1)
    await fake.pass(4 * POLL_MS)
    expect(fake.questions).toBe(2)
    await fake.answer(1)
    expect(other()).toBe('green')
  },
)

test(
  say('what was read before a change is not left behind after it', '变动之前读到的，之后不会留下'),
  async () => {
    reader(web1)
    await fake.settle()
    await change('oolong', web2)
    await fake.answer()
    expect(fake.entries.get('tea')).not.toBe('green')
    const next = reader(web2)
    await fake.settle()
    while (fake.waiting() > 0) await fake.answer()
    await fake.pass(2 * POLL_MS)
    expect(next()).toBe('oolong')
  },
)

test(
  say(
    'who comes after a change, and waits with one from before it, sees the change',
    '变动之后才来的，哪怕和之前来的一起等，也看到新的',
  ),
  async () => {
    reader(web1)
    await fake.settle()
    await change('oolong', web2)
    const late = reader(web1)
    await fake.settle()
    while (fake.waiting() > 0) await fake.answer()
    expect(late()).toBe('oolong')
  },
)

test(
  say(
    'after a change made here nobody joins a look from before it',
    '本机作出变动之后，没有人搭上之前的那次查找',
  ),
  async () => {
    fake.entries.set('tea', 'green')
    fake.holdGets()
    const early = reader(web1)
    await fake.settle()
    await change('oolong', web1)
    const late = reader(web1)
    await fake.settle()
    await fake.letGetsGo()
    while (fake.waiting() > 0) await fake.answer()
    expect([early(), late()]).toEqual(['green', 'oolong'])
  },
)

test(
  say('a change is done when Redis has deleted, and not before', 'Redis 删完了，变动才算完成'),
  async () => {
    fake.entries.set('tea', 'green')
    fake.holdDeletes()
    let isDone = false
    void web1.invalidate('tea').then(() => (isDone = true))
    await fake.settle()
    expect(isDone).toBe(false)
    await fake.letDeletesGo()
    expect(isDone).toBe(true)
    const next = reader(web2)
    await fake.settle()
    while (fake.waiting() > 0) await fake.answer()
    expect([fake.questions, next()]).toEqual([1, 'green'])
  },
)

test(
  say(
    'a search from before the change ends, and the new one can still be joined',
    '旧的那次查找结束了，新的还能搭上',
  ),
  async () => {
    fake.entries.set('tea', 'green')
    fake.holdGets()
    reader(web1)
    await fake.settle()
    await change('oolong', web1)
    reader(web1)
    await fake.settle()
    await fake.letGetsGo()
    const looks = fake.looks
    const third = reader(web1)
    await fake.settle()
    expect([fake.looks, fake.questions]).toEqual([looks, 1])
    await fake.answer()
    expect(third()).toBe('oolong')
  },
)

test(
  say(
    'Redis is away: every page comes, one question at a time',
    'Redis 不在：页面照给，同一时刻只问一次',
  ),
  async () => {
    fake.isAway = true
    const all = readers(10, web1)
    await fake.settle()
    expect(fake.questions).toBe(1)
    await fake.answer()
    expect(seenBy(all)).toEqual(['green'])
  },
)

test(
  say(
    'Redis dies during the question: the page comes all the same',
    '问的途中 Redis 死了：页面照给',
  ),
  async () => {
    const one = reader(web1)
    await fake.settle()
    fake.isAway = true
    await fake.answer()
    expect([one(), fake.questions]).toEqual(['green', 1])
  },
)
