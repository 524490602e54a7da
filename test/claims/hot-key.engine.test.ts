import { expect } from 'vitest'
import { seededRandom } from '../../snippets/sim/random.ts'
import { openRedises, type RedisServer } from './redis-servers.ts'
import { byRing } from './shards.ts'
import { percent, topics } from './spread.ts'

const { claim, start } = openRedises(import.meta.url)

const [hot, ...others] = topics(2000)

/** Half of the readers want one topic, the other half any. */
function crowd(count: number): readonly string[] {
  const random = seededRandom(31)
  return Array.from({ length: count }, () =>
    random() < 0.5 ? hot! : others[Math.floor(random() * others.length)]!,
  )
}

/** Many at once, though not all: the commands on their way take memory, too. */
async function inCrowds<T>(all: readonly T[], each: (one: T) => Promise<unknown>) {
  for (let at = 0; at < all.length; at += 200) await Promise.all(all.slice(at, at + 200).map(each))
}

claim(
  'hotkeys-needs-lfu',
  'redis-cli --hotkeys is an error unless an LFU policy counts; with one it names the hottest key first',
  async ({ figure }) => {
    const requests = crowd(20_000)
    const wanted = requests.filter((key) => key === hot).length
    async function ask(...settings: readonly string[]) {
      const [server] = await start(1, ...settings)
      const { redis, port } = server!
      await inCrowds([hot!, ...others], (key) => redis.set(key, 'page'))
      await inCrowds(requests, (key) => redis.get(key))
      return server!.attempt('redis-cli', '-p', `${port}`, '--hotkeys')
    }
    const plain = await ask()
    expect(plain.exitCode).not.toBe(0)
    expect(plain.output).toContain('An LFU maxmemory policy is not selected')
    const counting = await ask('--maxmemory-policy allkeys-lfu')
    const [, counter, name] = /^hot key found with counter: (\d+)\s+keyname: (.*)$/m.exec(
      counting.output,
    )!
    expect(counting.exitCode).toBe(0)
    expect(name).toBe(`"${hot}"`)
    expect(Number(counter)).toBeLessThan(256)
    figure({
      en: `Without LFU: “An LFU maxmemory policy is not selected”; with allkeys-lfu, after ${wanted} of ${requests.length} GETs for one key: ${name} first, with a counter of ${counter}`,
      zh: `没有 LFU：“An LFU maxmemory policy is not selected”；用 allkeys-lfu，${requests.length} 个 GET 里 ${wanted} 个要同一个键：排第一的是 ${name}，计数 ${counter}`,
    })
  },
)

claim(
  'copies-share-the-load',
  'half of all readers want one key, and one Redis answers most; with a copy on each of four servers, under the same name, the load is nearly even',
  async ({ figure }) => {
    const servers = await start(4)
    const homeOf = byRing(servers)
    const requests = crowd(8000)
    const random = seededRandom(37)
    const anyOfAll = () => servers[Math.floor(random() * servers.length)]!
    await inCrowds(others, (key) => homeOf(key).redis.set(key, 'page'))
    await Promise.all(servers.map(({ redis }) => redis.set(hot!, 'page')))

    /** Of all GETs, the share that the busiest Redis has answered. */
    async function busiest(serverOf: (key: string) => RedisServer): Promise<number> {
      for (const { redis } of servers) await redis.config('RESETSTAT')
      await inCrowds(requests, async (key) =>
        expect(await serverOf(key).redis.get(key)).toBe('page'),
      )
      const counts: number[] = []
      for (const server of servers)
        counts.push(await server.info('commandstats', /^cmdstat_get:calls=(\d+)/m))
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(requests.length)
      return Math.max(...counts) / requests.length
    }

    const one = await busiest(homeOf)
    const four = await busiest((key) => (key === hot ? anyOfAll() : homeOf(key)))
    expect(one).toBeGreaterThan(0.55)
    expect(four).toBeLessThan(0.35)
    figure({
      en: `Half of all GETs are for one key: the busiest of four Redis answers ${percent(one)} of them all; with a copy on each ${percent(four)}`,
      zh: `一半的 GET 要同一个键：四个 Redis 里最忙的一个答复了全部的 ${percent(one)}；每个上面放一份副本，${percent(four)}`,
    })
  },
)

claim(
  'copies-must-all-be-deleted',
  'a change that deletes one of four copies leaves the others: most readers go on seeing the old page',
  async ({ figure }) => {
    const servers = await start(4)
    const readers = 400

    /** How many readers are shown the old page after a change that deletes it on these. */
    async function old(deletedOn: readonly RedisServer[]): Promise<number> {
      const random = seededRandom(41)
      await Promise.all(servers.map(({ redis }) => redis.set(hot!, 'old')))
      await Promise.all(deletedOn.map(({ redis }) => redis.del(hot!)))
      const seen = await Promise.all(
        Array.from({ length: readers }, async () => {
          const { redis } = servers[Math.floor(random() * servers.length)]!
          return (await redis.get(hot!)) ?? 'new'
        }),
      )
      return seen.filter((page) => page === 'old').length
    }

    const [one, all] = [await old([byRing(servers)(hot!)]), await old(servers)]
    expect(one).toBeGreaterThan(0.6 * readers)
    expect(all).toBe(0)
    figure({
      en: `Four copies, ${readers} readers after a change: ${one} see the old page when it was deleted at its home, ${all} when it was deleted everywhere`,
      zh: `四份副本，改过之后来了 ${readers} 位读者：只在家里删，${one} 位看到旧页面；到处都删，${all} 位`,
    })
  },
)
