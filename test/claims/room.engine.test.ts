import { expect } from 'vitest'
import { openRedises, type RedisServer } from './redis-servers.ts'
import { byRing } from './shards.ts'
import { percent, topics } from './spread.ts'

const { claim, start } = openRedises(import.meta.url)

/** Eight megabytes more than it needs with nothing in it. */
async function limit(server: RedisServer): Promise<void> {
  const used = await server.info('memory', /^used_memory:(\d+)/m)
  await server.redis.config('SET', 'maxmemory', `${used + 8 * 2 ** 20}`)
}

/** Of what goes over Ethernet, the part that TCP carries: 1,448 bytes in frames of 1,538 (RFC 894, RFC 7323). */
const inFrames = 1448 / 1538

claim(
  'three-memories-hold-more',
  'three Redis of the same memory keep three times as many pages as one',
  async ({ figure }) => {
    const servers = await start(4, '--maxmemory-policy allkeys-lru')
    await Promise.all(servers.map(limit))
    const pages = topics(48_000)
    const value = 'x'.repeat(1000)

    async function kept(by: readonly RedisServer[]): Promise<number> {
      const serverOf = byRing(by)
      for (let at = 0; at < pages.length; at += 200)
        await Promise.all(
          pages.slice(at, at + 200).map((page) => serverOf(page).redis.set(page, value)),
        )
      const sizes = await Promise.all(by.map(({ redis }) => redis.dbsize()))
      return sizes.reduce((sum, size) => sum + size, 0)
    }

    const [one, three] = [await kept(servers.slice(0, 1)), await kept(servers.slice(1))]
    expect(three).toBeLessThan(pages.length)
    expect(three / one).toBeGreaterThan(2.6)
    expect(three / one).toBeLessThan(3.4)
    const [few, many] = [one, three].map((count) => count.toLocaleString('en'))
    figure({
      en: `48,000 pages of 1,000 bytes, 8 MB in each Redis: one keeps ${few}, three keep ${many}, ${(three / one).toFixed(1)} times as many`,
      zh: `48,000 页，每页 1,000 字节，每个 Redis 8 MB：一个留下 ${few} 页，三个 ${many} 页，${(three / one).toFixed(1)} 倍`,
    })
  },
)

/** Ticks of processor time, 10 ms each, that each thread of a process has had (proc_pid_stat(5)). */
async function ticks(server: RedisServer): Promise<readonly number[]> {
  const stats = await server.shell(`cat /proc/${server.pid}/task/*/stat`)
  return stats
    .trim()
    .split('\n')
    .map((line) => {
      // utime and stime, fields 14 and 15; the name in brackets is field 2.
      const [user, system] = line.replace(/.*\) /, '').split(' ').slice(11, 13).map(Number)
      return user! + system!
    })
}

/** So many GETs by as many clients at once; how many a second were answered. */
async function push(server: RedisServer, key: string, count: number, clients = 4): Promise<number> {
  const orders = ['-p', `${server.port}`, '-c', `${clients}`, '-n', `${count}`, '--csv']
  const { output } = await server.attempt('redis-benchmark', ...orders, 'GET', key)
  const perSecond = Number(/^"GET [^"]*","([\d.]+)"/m.exec(output)?.[1])
  expect(perSecond, output).toBeGreaterThan(0)
  return perSecond
}

claim(
  'one-redis-one-core',
  'however many clients ask, one Redis runs their commands in one thread, which is one core at most; two Redis have two',
  async ({ figure }) => {
    const servers = await start(2)
    for (const { redis } of servers) await redis.set('page', 'x'.repeat(100))

    /** Of the processor time for all GETs, the share of the thread that had most. */
    async function busiest(pushed: readonly RedisServer[], clients: number): Promise<number> {
      const before = await Promise.all(pushed.map(ticks))
      await Promise.all(
        pushed.map((server) => push(server, 'page', 200_000 / pushed.length, clients)),
      )
      const after = await Promise.all(pushed.map(ticks))
      const had = after.flatMap((each, index) =>
        each.map((sum, thread) => sum - (before[index]![thread] ?? 0)),
      )
      const all = had.reduce((sum, one) => sum + one, 0)
      expect(all, 'ticks').toBeGreaterThan(30)
      return Math.max(...had) / all
    }

    const [four, fifty] = [await busiest([servers[0]!], 4), await busiest([servers[0]!], 50)]
    const two = await busiest(servers, 4)
    expect(Math.min(four, fifty)).toBeGreaterThan(0.95)
    expect(two).toBeLessThan(0.7)
    figure({
      en: `200,000 GETs: one thread of Redis has ${percent(four)} of the processor time with 4 clients, ${percent(fifty)} with 50; over two Redis the busiest thread has ${percent(two)}`,
      zh: `200,000 个 GET：4 个客户端时，Redis 的处理器时间 ${percent(four)} 在一个线程上，50 个时 ${percent(fifty)}；分给两个 Redis，最忙的线程占 ${percent(two)}`,
    })
  },
)

claim(
  'big-values-fill-the-cable',
  'values a thousand times as large: each costs Redis a few times the processor time, and hundreds of times the bytes',
  async ({ figure }) => {
    const [server] = await start(1)
    const [small, big] = [100, 100_000]
    await server!.redis.set('small', 'x'.repeat(small))
    await server!.redis.set('big', 'x'.repeat(big))
    const sent = () => server!.info('stats', /^total_net_output_bytes:(\d+)/m)
    const worked = async () => (await ticks(server!)).reduce((sum, one) => sum + one, 0)

    /** The ticks and the bytes that each of so many GETs costs. */
    async function measure(key: string, count: number) {
      const [bytes, work] = [await sent(), await worked()]
      await push(server!, key, count, 50)
      const spent = (await worked()) - work
      expect(spent, 'ticks').toBeGreaterThan(10)
      return { work: spent / count, bytes: ((await sent()) - bytes) / count }
    }

    const [smalls, bigs] = [await measure('small', 100_000), await measure('big', 10_000)]
    const [harder, heavier] = [bigs.work / smalls.work, bigs.bytes / smalls.bytes]
    expect(bigs.bytes).toBeGreaterThan(big)
    expect(bigs.bytes).toBeLessThan(1.05 * big)
    expect(harder).toBeGreaterThan(1.5)
    expect(heavier).toBeGreaterThan(10 * harder)
    const fullAt = Math.floor((1e9 / 8 / bigs.bytes) * inFrames).toLocaleString('en')
    figure({
      en: `a GET of 100 KB instead of 100 bytes: ${harder.toFixed(1)} times the processor time of Redis, ${heavier.toFixed(0)} times the bytes; a cable of 1 Gbit/s is full at ${fullAt} such GETs a second`,
      zh: `GET 100 KB 而不是 100 字节：Redis 的处理器时间是 ${harder.toFixed(1)} 倍，字节是 ${heavier.toFixed(0)} 倍；1 Gbit/s 的线，每秒 ${fullAt} 个这样的 GET 就满了`,
    })
  },
)
