import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { Front } from './balancer.ts'
import { openCaches, varnish } from './caches.ts'

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
const stage = openCaches(import.meta.url, new URL('./nginx/cache-cost.conf', import.meta.url), [
  teahouse,
  varnish(new URL('./varnish/cost.vcl', import.meta.url), 8080),
])
const { claim } = stage

const count = 1500
const readers = 20

/** CPU time of a container's processes so far, in seconds: of the machine's neighbours, nothing. */
async function cpuOf(container: string): Promise<number> {
  const read = ['sh', '-c', 'cat /proc/[0-9]*/stat 2>/dev/null || true']
  const lines = (await stage.containers.docker('exec', container, ...read)).split('\n')
  // utime and stime, fields 14 and 15, in ticks of 10 ms; the name in brackets is field 2.
  const ticks = lines.map((line) => line.replace(/.*\) /, '').split(' ').slice(11, 13).map(Number))
  return ticks.flat().reduce((sum, tick) => sum + tick / 100, 0)
}

/** Of the process that holds the pages. */
async function megabytesOf(container: string): Promise<number> {
  const read = ['sh', '-c', 'cat /proc/[0-9]*/status 2>/dev/null || true']
  const status = await stage.containers.docker('exec', container, ...read)
  const sizes = [...status.matchAll(/^VmRSS:\s+(\d+) kB/gm)].map(([, kilobytes]) => +kilobytes!)
  return Math.max(...sizes) / 1024
}

const names = ['nginx', 'Teahouse', 'Varnish'] as const
const cpu = async () => {
  const ids = [stage.balancer.id, ...stage.ids]
  const seconds: number[] = []
  for (const id of ids) seconds.push(await cpuOf(id))
  return seconds
}

/** The front page by the way that begins at this port. */
async function measure(port: number, headers: Readonly<Record<string, string>> = {}) {
  const request = { port, path: '/', headers }
  await stage.balancer.askTimes(40, request, { atOnce: readers }) // warm
  const before = await cpu()
  const answers = await stage.balancer.askTimes(count, request, { atOnce: readers })
  const used = (await cpu()).map((seconds, index) => seconds - before[index]!)
  expect(answers.every(({ status, body }) => status === 200 && body.includes('Teahouse'))).toBe(
    true,
  )
  const begun = Math.min(...answers.map(({ askedAt }) => askedAt))
  const ended = Math.max(...answers.map(({ askedAt, ms }) => askedAt + ms))
  const sorted = answers.map(({ ms }) => ms).sort((a, b) => a - b)
  const msEach = (index: number) => (used[index]! / count) * 1000
  return {
    perSecond: Math.round((count / (ended - begun)) * 1000),
    p50: Math.round(sorted[Math.floor(count * 0.5)]!),
    p99: Math.round(sorted[Math.floor(count * 0.99)]!),
    cpu: Object.fromEntries(names.map((name, index) => [name, msEach(index)])),
    cpuEach: used.reduce((sum, seconds) => sum + seconds, 0) / count,
  }
}
type Run = Awaited<ReturnType<typeof measure>>

const inWords = ({ perSecond, p50, p99, cpuEach }: Run) => ({
  en: `${perSecond} requests/s, p50 ${p50} ms, p99 ${p99} ms, ${(cpuEach * 1000).toFixed(2)} ms of CPU each`,
  zh: `每秒 ${perSecond} 个请求，p50 ${p50} ms，p99 ${p99} ms，每个用 CPU ${(cpuEach * 1000).toFixed(2)} ms`,
})

claim(
  'varnish-spares-the-application',
  'the same page with and without Varnish: a request costs a fraction of the CPU, all servers together',
  async ({ figure }) => {
    // A program that has just begun to run is slower than the same one a second later.
    await stage.balancer.askTimes(1000, { port: 8001, path: '/' }, { atOnce: readers })
    const without = await measure(8001)
    const within = await measure(8002)
    const inNginx = await measure(8003)
    expect(within.cpuEach).toBeLessThan(without.cpuEach / 2)
    expect(inNginx.cpuEach).toBeLessThan(without.cpuEach / 2)
    expect(within.cpu['Teahouse']).toBeLessThan(without.cpu['Teahouse']! / 10)
    expect(within.p50).toBeLessThan(without.p50)
    const memory = Math.round(await megabytesOf(stage.ids[1]!))
    const say = (lang: 'en' | 'zh') => [without, within, inNginx].map((run) => inWords(run)[lang])
    const [en, zh] = [say('en'), say('zh')]
    figure({
      en: `nginx → Teahouse: ${en[0]}. nginx → Varnish → Teahouse: ${en[1]}; Varnish holds ${memory} MB. nginx with proxy_cache: ${en[2]}`,
      zh: `nginx → Teahouse：${zh[0]}。nginx → Varnish → Teahouse：${zh[1]}；Varnish 占内存 ${memory} MB。nginx 用 proxy_cache：${zh[2]}`,
    })
  },
)

claim(
  'varnish-costs-what-it-cannot-keep',
  'a page that is nobody else’s takes the same way and gains nothing: the tier is a toll',
  async ({ figure }) => {
    const cookie = { cookie: 'teahouse_session=web1.nobody' }
    const without = await measure(8001, cookie)
    const within = await measure(8002, cookie)
    const toll = within.cpu['Varnish']!
    // Teahouse made each of them, as before.
    expect(within.cpu['Teahouse']).toBeGreaterThan(without.cpu['Teahouse']! / 2)
    expect(toll).toBeGreaterThan(0)
    expect(toll).toBeLessThan(without.cpu['Teahouse']!)
    const figures = { without: inWords(without), within: inWords(within) }
    figure({
      en: `signed-in readers, without Varnish: ${figures.without.en}; with it: ${figures.within.en}, of which Varnish ${toll.toFixed(2)} ms`,
      zh: `登录了的读者，没有 Varnish：${figures.without.zh}；有：${figures.within.zh}，其中 Varnish 占 ${toll.toFixed(2)} ms`,
    })
  },
)
