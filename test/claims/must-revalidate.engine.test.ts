import { setInterval as every } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { Front } from './balancer.ts'
import { answering, openCaches, varnish } from './caches.ts'

const squid: Front = {
  name: 'Squid',
  image: 'ubuntu/squid:6.6-24.04_beta',
  mounts: [
    '--volume',
    `${fileURLToPath(new URL('./squid/squid.conf', import.meta.url))}:/etc/squid/squid.conf:ro`,
  ],
  ready: 'Accepting reverse-proxy HTTP Socket connections',
  version: ['squid', '-v'],
}
const conf = new URL('./nginx/stale.conf', import.meta.url)
const plain = new URL('./varnish/plain.vcl', import.meta.url)
const stage = openCaches(import.meta.url, conf, [varnish(plain, 8080), squid])
const { claim } = stage

/** With proxy_cache_use_stale; with the grace of 10 s that is the default; as it comes. The last one read is nginx. */
const ports = { Varnish: 8080, Squid: 8120, nginx: 8002 } as const
type Cache = keyof typeof ports
const caches = Object.keys(ports) as readonly Cache[]

const lives = [
  'max-age=1',
  's-maxage=1',
  'max-age=1, must-revalidate',
  'max-age=1, proxy-revalidate',
] as const
/** Marks to ask by: without any, Squid keeps no page that is good for less than a minute. */
const marks = { etag: '"b41f"', 'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT' }
const pathOf = (life: string) =>
  answering(`/${life.replaceAll(/\W+/g, '-')}`, { 'cache-control': life, ...marks })

const statusOf = async (cache: Cache, life: string) =>
  (await stage.ask({ port: ports[cache], path: pathOf(life) })).status

/** Until nginx has its own copy of the page for stale: the others have theirs for longer. */
async function untilStale(life: string): Promise<void> {
  for await (const request of every(50, { port: ports.nginx, path: pathOf(life) }))
    if ((await stage.ask(request)).headers['x-cache-status'] === 'STALE') return
}

claim(
  's-maxage-forbids-stale-to-the-letter',
  'a stale page with s-maxage, must-revalidate or proxy-revalidate: nginx and Varnish give it when the origin is dead, Squid does not',
  async ({ figure }) => {
    for (const cache of caches)
      for (const life of lives) expect(await statusOf(cache, life), cache).toBe(200)
    await stage.balancer.kill('origin')
    try {
      for (const life of lives) await untilStale(life)
      const found: Record<string, readonly number[]> = {}
      for (const cache of caches) {
        const statuses: number[] = []
        for (const life of lives) statuses.push(await statusOf(cache, life))
        found[cache] = statuses
      }
      expect(found.nginx).toEqual([200, 200, 200, 200])
      expect(found.Varnish).toEqual([200, 200, 200, 200])
      const [free, ...bound] = found.Squid!
      expect(free, 'max-age alone forbids nothing').toBe(200)
      for (const status of bound) expect(status).toBeGreaterThanOrEqual(500)
      const list = (cache: Cache) => found[cache]!.join(', ')
      figure({
        en: `origin dead, the page stale, with ${lives.join(' | ')}: nginx ${list('nginx')}; Varnish ${list('Varnish')}; Squid ${list('Squid')}`,
        zh: `源站已死，页面过期，分别写着 ${lives.join(' | ')}：nginx ${list('nginx')}；Varnish ${list('Varnish')}；Squid ${list('Squid')}`,
      })
    } finally {
      await stage.balancer.start('origin')
    }
  },
)
