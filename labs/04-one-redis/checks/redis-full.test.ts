import { afterEach, expect, test } from 'vitest'
import {
  aboutPages,
  as,
  askRedis,
  createDraw,
  greetedBy,
  lab,
  openTopics,
  removeTopics,
  say,
  sql,
} from '#labs/kit'

const log = { server: 'db', file: '/tmp/questions.log' }
const servers = ['web1', 'web2']
const draw = createDraw(47)
/** 120 topics of half a megabyte each: more than twice what Redis may have. */
const [topics, replies, repeats] = [120, 100, 40]
/** People who are signed in when it begins. */
const crowd = 240
const limit = 24 * 2 ** 20

let filled: readonly string[] = []
const numbers = () => filled.map((path) => path.split('/').at(-1)).join()

afterEach(async () => {
  await removeTopics(lab, filled)
  filled = []
  await lab.emptyCaches()
})

test(
  say(
    'Redis is full of pages: everybody is still signed in, and people can sign in',
    'Redis 装满了页面：登录过的都还在，新来的也能登录',
  ),
  { timeout: 120_000 },
  async () => {
    filled = await openTopics(lab, topics, draw.word())
    await sql(
      lab,
      `INSERT INTO replies (topic_id, body, author, created_at)
      SELECT t.id, REPEAT(SHA2(CONCAT(t.id, '-', s.seq), 512), ${repeats}), 'Lu Yu', NOW(3)
      FROM topics t JOIN seq_1_to_${replies} s WHERE t.id IN (${numbers()})`,
    )
    const cookies = new Map<string, string>()
    const signIn = async () => {
      const name = `Guest ${draw.word()}`
      // A stall of the machine may cost one try.
      cookies.set(name, (await lab.signIn(name)) ?? (await lab.signIn(name)) ?? '')
    }
    // So many that pages are rare among what Redis has.
    for (let early = 0; early < crowd; early += 8)
      await Promise.all(Array.from({ length: 8 }, signIn))
    const told = Number((await redis('CONFIG', 'GET', 'maxmemory')).split('\n')[1])
    const allowed = say(
      'bytes that Redis may use (0: all there are)',
      'Redis 可以用的字节数（0：不限）',
    )
    expect(told > 0 && told <= limit, `${allowed}: ${told}`).toBe(true)
    let most = 0
    const readAll = async (afterTwelve = async () => {}) => {
      for (let from = 0; from < topics; from += 12) {
        const some = filled.slice(from, from + 12)
        const requests = some.map((path) => ({ path, timeoutMs: 20_000 }))
        const { withoutPage } = await lab.send(requests, { concurrency: 8, bodies: false })
        expect(withoutPage, say('pages without a good answer', '没有正常响应的页面')).toEqual([])
        await afterTwelve()
        most = Math.max(most, await usedMemory())
      }
    }
    // A page soon ends, and makes room again: so people come all the time, and some of them while it is full.
    await readAll(signIn)
    // Then nobody comes, and who is signed in reads nothing.
    await anHourPasses()
    await readAll()
    expect(most, say('bytes that Redis uses', 'Redis 用的字节数')).toBeLessThan(limit * 1.25)
    const unknownAt = async (to: string, names: readonly string[], concurrency: number) => {
      const visits = names.map((name) => as(cookies.get(name)!, { path: '/', to, port: 3000 }))
      const { all } = await lab.send(visits, { concurrency })
      return names.filter((name, at) => greetedBy(all[at]!) !== name)
    }
    for (const to of servers) {
      // A stall of the machine is asked about twice, one by one.
      const forgotten = await unknownAt(to, await unknownAt(to, [...cookies.keys()], 8), 1)
      expect(
        forgotten,
        say(`signed in and not known at ${to}`, `登录过，${to} 却不认识的人`),
      ).toEqual([])
    }
    // Full, it still keeps what is read now.
    const [path = ''] = await openTopics(lab, 1, draw.word())
    await lab.request(path)
    const asked = await lab.questions(log, () => lab.requests(4, path))
    expect(
      aboutPages(asked).filter((one) => one.includes(`= ${path.split('/').at(-1)}`)),
      path,
    ).toEqual([])
  },
)

/**
 * Redis counts for each key how long nobody has asked for it, and how often somebody did. The logins (all
 * that is no page, and so small) get what they would have after an hour in which nobody came.
 * https://redis.io/docs/latest/commands/restore/
 */
const unused = `
for _, key in ipairs(redis.call('KEYS', '*')) do
  if redis.call('MEMORY', 'USAGE', key) < 65536 then
    local ends = math.max(redis.call('PEXPIRETIME', key), 0)
    redis.call('RESTORE', key, ends, redis.call('DUMP', key), 'REPLACE', 'ABSTTL', unpack(ARGV))
  end
end`

const redis = (...words: readonly string[]) => askRedis(lab, 'redis', ...words)

const anHourPasses = async () => {
  const policy = await redis('CONFIG', 'GET', 'maxmemory-policy')
  await redis(
    'EVAL',
    unused,
    '0',
    ...(policy.includes('lfu') ? ['FREQ', '0'] : ['IDLETIME', '3600']),
  )
}

const usedMemory = async () =>
  Number(/^used_memory:(\d+)/m.exec(await redis('INFO', 'memory'))?.[1])
