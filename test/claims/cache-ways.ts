import { fileURLToPath } from 'node:url'
import type { WayRun } from '../../.vitepress/book/measured.ts'
import type { Balancer, Front } from './balancer.ts'
import { varnish } from './caches.ts'
import type { Containers } from './containers.ts'
import { failed } from './tally.ts'

const project = fileURLToPath(new URL('../../', import.meta.url))
const mount = (path: string) => ['--volume', `${project}${path}:/app/${path}:ro`]

/** The forum of the labs, with its topics in memory, on four tenths of a core. */
const teahouse: Front = {
  name: 'Node.js',
  image: 'node:22-slim',
  mounts: [
    ...['--user', 'node', '--workdir', '/app', '--cpus', '0.4'],
    ...['labs/teahouse', 'node_modules', 'package.json'].flatMap(mount),
    ...['DATABASE_URL=memory:', 'PORT=3001', 'SERVER_NAME=web1'].flatMap((set) => ['--env', set]),
  ],
  command: ['node', 'labs/teahouse/server.ts'],
  ready: 'listens on port 3001',
  version: ['node', '--version'],
}

export const waysConf = new URL('./nginx/cache-cost.conf', import.meta.url)
/** Beside nginx, in this order. */
export const besideNginx: readonly Front[] = [
  teahouse,
  varnish(new URL('./varnish/cost.vcl', import.meta.url), 8080),
]

/** Where each way begins, and the servers on it. */
const ways = {
  application: { port: 8001, servers: ['nginx', 'Teahouse'] },
  varnish: { port: 8002, servers: ['nginx', 'Teahouse', 'Varnish'] },
  edge: { port: 8003, servers: ['nginx', 'Teahouse'] },
} as const
export type CacheWay = keyof typeof ways

export interface CacheStage {
  readonly containers: Containers
  readonly balancer: Balancer
  /** The containers of `besideNginx`. */
  readonly ids: readonly string[]
}

/** The page of a reader who is signed in is made for that reader. */
export const signedIn = { cookie: 'teahouse_session=web1.nobody' }
export const readersAtOnce = 20
const count = 1500

/** What each server has used or holds, by name. */
type Each = Readonly<Record<string, number>>
export interface CacheRun extends WayRun {
  /** Milliseconds of each server's processor time for one request. */
  readonly cpuOf: Each
  readonly megabytesOf: Each
}

/** Lines about every process in each server's container. */
async function ofEach(
  { containers, balancer, ids }: CacheStage,
  file: 'stat' | 'status',
  sum: (text: string) => number,
): Promise<Each> {
  const each: Record<string, number> = {}
  for (const [name, id] of [
    ['nginx', balancer.id],
    ['Teahouse', ids[0]!],
    ['Varnish', ids[1]!],
  ] as const) {
    const read = ['sh', '-c', `cat /proc/[0-9]*/${file} 2>/dev/null || true`]
    each[name] = sum(await containers.docker('exec', id, ...read))
  }
  return each
}

const add = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0)

/** CPU time so far, in milliseconds: time on the clock would measure the machine's neighbours. */
const cpuSoFar = (stage: CacheStage) =>
  // utime and stime, fields 14 and 15, in ticks of 10 ms; the name in brackets is field 2.
  ofEach(
    stage,
    'stat',
    (text) =>
      add(
        text
          .split('\n')
          .flatMap((line) => line.replace(/.*\) /, '').split(' ').slice(11, 13).map(Number)),
      ) * 10,
  )

/** Not the programs' text: that is a file, which all who run it share. */
const megabytes = (stage: CacheStage) =>
  ofEach(
    stage,
    'status',
    (text) =>
      add([...text.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+) kB/gm)].map(([, kB]) => +kB!)) / 1024,
  )

/** A program that has just begun to run is slower than the same one a second later. */
export const warmUp = ({ balancer }: CacheStage) =>
  balancer.askTimes(1000, { port: ways.application.port, path: '/' }, { atOnce: readersAtOnce })

/** The front page by one way, asked for by twenty readers at once. */
export async function runCacheWay(
  stage: CacheStage,
  way: CacheWay,
  headers: Readonly<Record<string, string>> = {},
): Promise<CacheRun> {
  const { port, servers } = ways[way]
  const request = { port, path: '/', headers }
  const atOnce = { atOnce: readersAtOnce }
  await stage.balancer.askTimes(40, request, atOnce) // warm
  const before = await cpuSoFar(stage)
  const answers = await stage.balancer.askTimes(count, request, atOnce)
  const after = await cpuSoFar(stage)
  if (failed(answers) > 0 || !answers.every(({ body }) => body.includes('Teahouse')))
    throw new Error(`${way}: ${failed(answers)} of ${count} answers were not the front page`)
  const begun = Math.min(...answers.map(({ askedAt }) => askedAt))
  const ended = Math.max(...answers.map(({ askedAt, ms }) => askedAt + ms))
  const sorted = answers.map(({ ms }) => ms).sort((a, b) => a - b)
  const cpuOf = Object.fromEntries(
    Object.keys(after).map((name) => [name, (after[name]! - before[name]!) / count]),
  )
  const megabytesOf = await megabytes(stage)
  return {
    way,
    perSecond: (count / (ended - begun)) * 1000,
    p50Ms: sorted[Math.floor(count * 0.5)]!,
    p99Ms: sorted[Math.floor(count * 0.99)]!,
    cpuMs: add(Object.values(cpuOf)),
    megabytes: add(servers.map((name) => megabytesOf[name]!)),
    cpuOf,
    megabytesOf,
  }
}
