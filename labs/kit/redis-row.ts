import { expect } from 'vitest'
import { say } from '../language.ts'
import { EnvironmentError } from '../runtime/environment-error.ts'
import type { Draw } from './draw.ts'
import type { LabHandle } from './lab.ts'
import { inTurn, readPages } from './pages.ts'
import { sql } from './written.ts'

/** The variables by which web servers are told of Redis; and where one finds what it was told last. */
const files = { REDIS_URL: '/tmp/redis-url', NEAR_URL: '/tmp/near-url' } as const

/** Web server → its Redis, in the order of its list; `redis2*2` has twice the weight. */
export type RedisLists = Readonly<Record<string, readonly string[]>>

/** Tells web servers of their Redis. Who hears something new is started again, all at once. */
export async function tellServers(
  lab: Pick<LabHandle, 'exec' | 'stop' | 'start'>,
  lists: RedisLists,
  variable: keyof typeof files = 'REDIS_URL',
): Promise<void> {
  const file = files[variable]
  const tell = async ([web, list]: readonly [string, readonly string[]]) => {
    const url = `redis://${list.join()}`
    const { stdout } = await lab.exec(web, [
      'sh',
      '-c',
      `cat ${file} 2>/dev/null || echo "$${variable}"`,
    ])
    if (stdout.trim() === url) return
    await run(lab, web, ['sh', '-c', `echo "$1" > ${file}`, 'sh', url])
    await lab.stop(web)
    await lab.start(web)
  }
  await Promise.all(Object.entries(lists).map(tell))
}

/** Nothing is kept in any of them any more. */
export async function emptyRedis(
  lab: Pick<LabHandle, 'exec'>,
  servers: readonly string[],
): Promise<void> {
  await Promise.all(servers.map((server) => run(lab, server, ['redis-cli', 'FLUSHALL'])))
}

/** Page → the Redis in which something is kept under a key with its name in it, as `page:topic:7`. */
export async function homesOf(
  lab: Pick<LabHandle, 'exec'>,
  servers: readonly string[],
  pages: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const homes = new Map<string, Set<string>>(pages.map((path) => [path, new Set()]))
  const look = async (server: string) => {
    const keys = await run(lab, server, ['redis-cli', '--scan'])
    for (const [, id] of keys.matchAll(/(?<![a-z])(?:topic:(\d+)(?!\d)|front(?![a-z]))/gi))
      homes.get(id === undefined ? '/' : `/topics/${id}`)?.add(server)
  }
  await Promise.all(servers.map(look))
  return new Map([...homes].map(([path, found]) => [path, [...found].sort()]))
}

/** How many of these topics each of the servers keeps. */
export function countHomes(
  homes: ReadonlyMap<string, readonly string[]>,
  servers: readonly string[],
): number[] {
  const all = [...homes.values()]
  return servers.map((server) => all.filter((found) => found.includes(server)).length)
}

/** Each page has one home; a stall of the machine may cost one of twenty its own. */
export function expectOneHomeEach(
  homes: ReadonlyMap<string, readonly string[]>,
  what = say('pages kept in no Redis, or in several', '哪里都没存、或者存了好几处的页面'),
): void {
  const strays = [...homes.values()].filter((found) => found.length !== 1)
  expect(strays.length, what).toBeLessThanOrEqual(homes.size / 20)
}

/**
 * Tells web servers of these Redis, each in an order of its own, and has all pages read, now at one, now
 * at the next: Redis → how many it keeps, by its name without a weight.
 */
export async function sharesAfterReading(
  lab: Pick<LabHandle, 'exec' | 'send' | 'stop' | 'start'>,
  { webServers, told, pages, draw }: ToldAndRead,
): Promise<Readonly<Record<string, number>>> {
  const redis = told.map((name) => name.split('*')[0]!)
  await tellServers(
    lab,
    Object.fromEntries(webServers.map((web) => [web, draw.some(told.length, told)])),
  )
  await emptyRedis(lab, redis)
  await readPages(lab, pages, inTurn(webServers))
  const homes = await homesOf(lab, redis, pages)
  expectOneHomeEach(homes)
  const shares = countHomes(homes, redis)
  return Object.fromEntries(redis.map((name, index) => [name, shares[index]!]))
}

interface ToldAndRead {
  readonly webServers: readonly string[]
  readonly told: readonly string[]
  readonly pages: readonly string[]
  readonly draw: Draw
}

/** What the client says to a Redis besides asking for data. */
const besides = /^(?:ping|info|client|config|hello|select|auth|command|flushall|scan)\b/

/** Commands that read, and that no master hands on to its copy. */
export const readings =
  /^(?:m?get|getrange|h(?:get|getall|mget|vals)|exists|p?ttl|eval|evalsha)(?:_ro)?$/

/**
 * Redis → how many commands about data it was given during `work`, as it has counted them itself; or of
 * these alone.
 */
export async function commandsDuring(
  lab: Pick<LabHandle, 'exec'>,
  servers: readonly string[],
  work: () => Promise<unknown>,
  these?: RegExp,
): Promise<Readonly<Record<string, number>>> {
  const before = await countedBy(lab, servers, these)
  await work()
  const after = await countedBy(lab, servers, these)
  return Object.fromEntries(servers.map((name) => [name, callsSince(before[name]!, after[name]!)]))
}

/** How many commands a Redis has been given. */
export interface Counted {
  /** Each start begins anew. */
  readonly life: string
  /** By its own clock: the way to it takes its time, and sometimes long. */
  readonly atMs: number
  readonly calls: number
}

/** Redis → what it has counted by now, of commands about data, or of these alone. */
export async function countedBy(
  lab: Pick<LabHandle, 'exec'>,
  servers: readonly string[],
  these?: RegExp,
): Promise<Readonly<Record<string, Counted>>> {
  const counts = servers.map(async (server) => {
    const said = await askRedis(lab, server, 'INFO', 'server', 'commandstats')
    const stats = [...said.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm)]
    const about = stats.filter(([, name = '']) => (these ? these.test(name) : !besides.test(name)))
    const calls = about.reduce((sum, [, , count]) => sum + Number(count), 0)
    const [, life = ''] = /^run_id:(\w+)/m.exec(said) ?? []
    const [, us] = /^server_time_usec:(\d+)/m.exec(said) ?? []
    return [server, { life, atMs: Number(us) / 1000, calls }] as const
  })
  return Object.fromEntries(await Promise.all(counts))
}

export const callsSince = (before: Counted, after: Counted): number =>
  after.life === before.life ? after.calls - before.calls : after.calls

/** Above every number that the forum gives in its own turn. */
const firstOfMany = 700_000

/** Topics 700001 to 700000 + `count`, as if somebody had opened them: the same numbers in each run. */
export async function makeTopics(
  lab: Pick<LabHandle, 'exec'>,
  count: number,
  title: string,
): Promise<string[]> {
  const paths = Array.from({ length: count }, (_, at) => `/topics/${firstOfMany + at + 1}`)
  const range = `BETWEEN ${firstOfMany + 1} AND ${firstOfMany + count}`
  await sql(lab, `DELETE FROM replies WHERE topic_id ${range}`)
  await sql(lab, `DELETE FROM topics WHERE id ${range}`)
  await sql(
    lab,
    `INSERT INTO topics (id, title, body, author, created_at)
    SELECT ${firstOfMany} + seq, CONCAT('${title} ', seq), 'Tea.', 'Lu Yu', NOW(3) FROM seq_1_to_${count}`,
  )
  return paths
}

/** Says something to a Redis, whose answer it is. */
export const askRedis = (
  lab: Pick<LabHandle, 'exec'>,
  server: string,
  ...words: readonly string[]
): Promise<string> => run(lab, server, ['redis-cli', ...words])

async function run(
  lab: Pick<LabHandle, 'exec'>,
  server: string,
  command: readonly string[],
): Promise<string> {
  const { exitCode, stdout, stderr } = await lab.exec(server, command)
  if (exitCode === 0) return stdout
  throw new EnvironmentError(
    say(`${command[0]} on ${server}: ${stderr}`, `${server} 上的 ${command[0]}：${stderr}`),
    `docker logs ${server}`,
  )
}
