import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect } from 'vitest'
import { claimsOn, type Versions } from './claim.ts'
import { Containers } from './containers.ts'

const folder = new URL('./redis', import.meta.url)

let containers: Containers
let versions: Versions

/** Redis with these settings, and no network. */
async function open(...settings: readonly string[]): Promise<string> {
  const mount = ['--volume', `${fileURLToPath(folder)}:/claims:ro`]
  const image = containers.image('redis:8.0')
  const id = await containers.run('--network', 'none', ...mount, image, 'redis-server', ...settings)
  await containers.untilSays(id, 'Ready to accept connections')
  return id
}
const cache = () => open('--save', '')

const cli = (id: string, ...command: readonly string[]) =>
  containers.docker('exec', id, 'redis-cli', ...command)
const shell = (id: string, script: string) => containers.docker('exec', id, 'sh', '-c', script)

/** This much more than it needs with nothing in it. */
async function limit(id: string, megabytes: number, policy: string): Promise<void> {
  const used = Number(/^used_memory:(\d+)/m.exec(await cli(id, 'INFO', 'memory'))?.[1])
  await cli(id, 'CONFIG', 'SET', 'maxmemory-policy', policy)
  await cli(id, 'CONFIG', 'SET', 'maxmemory', `${used + megabytes * 2 ** 20}`)
}

/** So many keys, each set by a command of its own. */
const fill = (id: string, count: number, name: string, bytes: number, rest = '', database = 0) =>
  shell(
    id,
    `seq 1 ${count} | sed 's/.*/SET ${name}:& ${'x'.repeat(bytes)} ${rest}/' | redis-cli -n ${database} > /dev/null`,
  )

const left = async (id: string, name: string) =>
  Number(await cli(id, 'EVAL', `return #redis.call('KEYS', '${name}:*')`, '0'))

/** Until nobody has touched it for two seconds: Redis counts idleness in whole ones. */
const untilIdle = (id: string, key: string) =>
  expect
    .poll(async () => Number(await cli(id, 'OBJECT', 'IDLETIME', key)), { timeout: 20_000 })
    .toBeGreaterThanOrEqual(2)

const [sessions, pages, pageBytes] = [200, 12_000, 1000]
const untilDay = 'EX 86400'

/** Sessions that nobody has touched for a while, and then more pages than there is room. */
async function flood(id: string, pagesIn = 0): Promise<number> {
  await fill(id, sessions, 'session', 50)
  await untilIdle(id, 'session:1')
  await fill(id, pages, 'page', pageBytes, untilDay, pagesIn)
  return left(id, 'session')
}

beforeAll(async () => {
  containers = await Containers.open(import.meta.url, ['redis:8.0'])
  const { output } = await containers.attempt(
    ...(['run', '--rm', '--network', 'none', ...containers.label] as const),
    ...[containers.image('redis:8.0'), 'redis-server', '--version'],
  )
  versions = { Redis: /v=([\d.]+)/.exec(output)?.[1] ?? output }
})
afterAll(() => containers?.close())

const claim = claimsOn(() => versions)

claim(
  'full-redis-refuses-writes',
  'a full Redis as it comes refuses what would take more memory, and goes on answering reads',
  async ({ figure }) => {
    const id = await cache()
    await limit(id, 2, 'noeviction')
    await fill(id, 5000, 'page', pageBytes, untilDay)
    const kept = await left(id, 'page')
    expect(kept).toBeGreaterThan(500)
    expect(kept).toBeLessThan(5000)
    expect(await cli(id, 'SET', 'page:new', 'x')).toContain('OOM')
    expect(await cli(id, 'GET', 'page:1')).toHaveLength(pageBytes)
    figure({
      en: `noeviction: ${kept} of 5,000 pages went in, then every SET is an error; a GET still answers`,
      zh: `noeviction：5,000 页放进了 ${kept} 页，之后每个 SET 都报错；GET 照样有答复`,
    })
  },
)

claim(
  'lru-takes-the-sessions',
  'with allkeys-lru pages push out the sessions of people who have not clicked for a while',
  async ({ figure }) => {
    const id = await cache()
    await limit(id, 5, 'allkeys-lru')
    const survivors = await flood(id)
    expect(survivors).toBeLessThan(sessions / 2)
    figure({
      en: `allkeys-lru: of ${sessions} sessions ${survivors} survive ${pages.toLocaleString('en')} pages`,
      zh: `allkeys-lru：${pages.toLocaleString('en')} 个页面之后，${sessions} 个会话剩下 ${survivors} 个`,
    })
  },
)

claim(
  'volatile-spares-what-has-no-end',
  'with a volatile policy only keys that have a time to live are pushed out; those without stay, all of them',
  async ({ figure }) => {
    const id = await open('/claims/mixed.conf')
    await fill(id, sessions, 'session', 50)
    await fill(id, pages, 'page', pageBytes, untilDay)
    const [survivors, kept] = [await left(id, 'session'), await left(id, 'page')]
    expect(survivors).toBe(sessions)
    expect(kept).toBeLessThan(pages)
    figure({
      en: `volatile-lfu: ${survivors} of ${sessions} sessions without an end survive, ${kept} of ${pages.toLocaleString('en')} pages`,
      zh: `volatile-lfu：没有有效期的 ${sessions} 个会话剩下 ${survivors} 个，${pages.toLocaleString('en')} 页剩下 ${kept} 页`,
    })
  },
)

claim(
  'fields-end-by-themselves',
  'fields of a hash end by themselves, and a policy that evicts what has an end never takes the hash',
  async ({ figure }) => {
    const id = await cache()
    await limit(id, 5, 'volatile-lfu')
    const fields = async () => Number(await cli(id, 'HLEN', 'sessions'))
    const lasting = `redis.call('HSET', 'sessions', n, 'x'); redis.call('HPEXPIRE', 'sessions', 86400000, 'FIELDS', 1, n)`
    await cli(id, 'EVAL', `for n = 1, ${sessions} do ${lasting} end`, '0')
    await cli(id, 'HSET', 'sessions', 'short', 'x')
    await cli(id, 'HPEXPIRE', 'sessions', '200', 'FIELDS', '1', 'short')
    expect(await cli(id, 'TTL', 'sessions')).toBe('-1')
    await expect.poll(() => cli(id, 'HGET', 'sessions', 'short'), { timeout: 10_000 }).toBe('')
    await fill(id, pages, 'page', pageBytes, untilDay)
    const kept = await left(id, 'page')
    expect(kept).toBeLessThan(pages)
    const survivors = await fields()
    expect(survivors).toBe(sessions)
    figure({
      en: `volatile-lfu: ${survivors} of ${sessions} fields survive, ${kept} of ${pages.toLocaleString('en')} pages; a field of 200 ms is gone`,
      zh: `volatile-lfu：${sessions} 个字段剩下 ${survivors} 个，${pages.toLocaleString('en')} 页剩下 ${kept} 页；有效期 200 毫秒的字段没了`,
    })
  },
)

claim(
  'databases-share-the-memory',
  'another database number is no wall: pages in number 1 push out sessions in number 0',
  async ({ figure }) => {
    const id = await cache()
    await limit(id, 5, 'allkeys-lru')
    const survivors = await flood(id, 1)
    expect(survivors).toBeLessThan(sessions / 2)
    figure({
      en: `Sessions in database 0, pages in database 1: ${survivors} of ${sessions} sessions survive`,
      zh: `会话在 0 号库，页面在 1 号库：${sessions} 个会话剩下 ${survivors} 个`,
    })
  },
)

/** How many of a hundred popular pages are left when a crawler has asked for all the others once. */
async function afterACrawler(policy: string): Promise<number> {
  const id = await cache()
  await limit(id, 5, policy)
  await fill(id, 100, 'hot', pageBytes, untilDay)
  const readAll = `for round = 1, 1000 do for n = 1, 100 do redis.call('GET', 'hot:' .. n) end end`
  await cli(id, 'EVAL', readAll, '0')
  // With an LFU policy Redis keeps no idle times.
  if (policy.endsWith('lru')) await untilIdle(id, 'hot:1')
  await fill(id, pages, 'page', pageBytes, untilDay)
  return left(id, 'hot')
}

claim(
  'lfu-survives-a-crawler',
  'a crawler asks for every page once: by recency it pushes out the popular ones, by frequency it does not',
  async ({ figure }) => {
    const [recency, frequency] = [
      await afterACrawler('allkeys-lru'),
      await afterACrawler('allkeys-lfu'),
    ]
    expect(recency).toBeLessThan(20)
    expect(frequency).toBeGreaterThan(90)
    figure({
      en: `Of 100 popular pages ${recency} are left with allkeys-lru, ${frequency} with allkeys-lfu`,
      zh: `100 个热门页面：allkeys-lru 剩下 ${recency} 个，allkeys-lfu 剩下 ${frequency} 个`,
    })
  },
)

claim(
  'keys-holds-up-everybody',
  'KEYS goes through all there is in one piece, while everybody waits; SCAN does it in bites',
  async ({ figure }) => {
    const id = await cache()
    const count = 300_000
    await cli(id, 'EVAL', `for n = 1, ${count} do redis.call('SET', 'page:' .. n, 'x') end`, '0')
    await cli(id, 'CONFIG', 'RESETSTAT')
    await cli(id, '-r', '1000', 'GET', 'page:1')
    await cli(id, 'KEYS', 'nothing*')
    await cli(id, '--scan', '--pattern', 'nothing*')
    const stats = await cli(id, 'INFO', 'commandstats')
    const usOf = (command: string) =>
      Number(new RegExp(`^cmdstat_${command}:.*usec_per_call=([\\d.]+)`, 'm').exec(stats)?.[1])
    const [keysMs, scanMs] = [usOf('keys') / 1000, usOf('scan') / 1000]
    expect(keysMs).toBeGreaterThan(20 * scanMs)
    expect(scanMs).toBeLessThan(1)
    expect(keysMs * 1000, 'a thousand GETs').toBeGreaterThan(1000 * usOf('get'))
    figure({
      en: `${count.toLocaleString('en')} keys: one KEYS takes ${keysMs.toFixed(0)} ms, one bite of SCAN ${scanMs.toFixed(3)} ms`,
      zh: `${count.toLocaleString('en')} 个键：一次 KEYS 用 ${keysMs.toFixed(0)} 毫秒，SCAN 每一口 ${scanMs.toFixed(3)} 毫秒`,
    })
  },
)

claim(
  'fill-only-with-the-token',
  'the lease in Redis: given once, taken back by a delete, and a fill without it does nothing',
  async ({ figure }) => {
    const id = await cache()
    const lease = (token: string) => cli(id, 'SET', 'lease:topic:7', token, 'NX', 'PX', '60000')
    const fillWith = (token: string, value: string) =>
      cli(id, '--eval', '/claims/fill.lua', 'topic:7', 'lease:topic:7', ',', token, value, '60000')
    expect([await lease('mine'), await lease('yours')]).toEqual(['OK', ''])
    await cli(id, 'DEL', 'topic:7', 'lease:topic:7')
    const late = await fillWith('mine', 'old')
    expect([late, await cli(id, 'GET', 'topic:7')]).toEqual(['0', ''])
    expect(await lease('yours')).toBe('OK')
    expect(await fillWith('mine', 'old')).toBe('0')
    expect(await fillWith('yours', 'new')).toBe('1')
    const found = await cli(id, 'GET', 'topic:7')
    expect(found).toBe('new')
    figure({
      en: `A fill after the delete answers ${late}; afterwards the key is “${found}”`,
      zh: `删除之后的回填返回 ${late}；最后键里是“${found}”`,
    })
  },
)

claim(
  'a-lock-without-an-end-stays',
  'SETNX makes a lock that nothing ends; SET with NX and PX makes one that ends by itself, in one command',
  async ({ figure }) => {
    const id = await cache()
    await cli(id, 'SETNX', 'lock:a', 'me')
    await cli(id, 'SET', 'lock:b', 'me', 'NX', 'PX', '60000')
    const [endless, ends] = [
      Number(await cli(id, 'PTTL', 'lock:a')),
      Number(await cli(id, 'PTTL', 'lock:b')),
    ]
    expect(endless).toBe(-1)
    expect(ends).toBeGreaterThan(0)
    figure({
      en: `PTTL after SETNX: ${endless}, which means never; after SET NX PX 60000: ${ends}`,
      zh: `SETNX 之后 PTTL 是 ${endless}，意思是永不到期；SET NX PX 60000 之后是 ${ends}`,
    })
  },
)

claim(
  'killed-redis-comes-back-empty',
  'a Redis that keeps nothing on the disk is empty when it comes back',
  async ({ figure }) => {
    const id = await cache()
    await fill(id, 1000, 'page', 100)
    expect(await cli(id, 'DBSIZE')).toBe('1000')
    await containers.docker('kill', id)
    await containers.docker('wait', id)
    await containers.docker('start', id)
    await containers.untilSays(id, 'Ready to accept connections')
    const after = await cli(id, 'DBSIZE')
    expect(after).toBe('0')
    figure({ en: `1,000 keys before, ${after} after`, zh: `之前 1,000 个键，之后 ${after} 个` })
  },
)
