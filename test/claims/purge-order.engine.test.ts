import { expect } from 'vitest'
import { answering, openCaches, varnish } from './caches.ts'
import { seen } from './tally.ts'

const conf = new URL('./nginx/purge-order.conf', import.meta.url)
const stage = openCaches(import.meta.url, conf, [
  varnish(new URL('./varnish/purge.vcl', import.meta.url), 8090),
])
const { claim } = stage
const edge = 8001
const inner = 8090
const host = 'teahouse.test'

/** Of one page in both caches. The origin's answer repeats `x-version`: that is the page's own. */
function topic(page: string) {
  const path = answering(page, { 'cache-control': 'max-age=600' })
  const read = async (port: number, version: string, headers = {}) => {
    const request = { port, path, headers: { host, 'x-version': version, ...headers } }
    return seen(await stage.ask(request)).headers['x-version']
  }
  return {
    read,
    refreshEdge: () => read(edge, 'new', { 'x-refresh': '1' }),
    async purgeInner() {
      const purge = { port: inner, path, method: 'PURGE', headers: { host } } as const
      expect((await stage.ask(purge)).status).toBe(200)
    },
  }
}

claim(
  'purge-from-the-inside',
  'the inner cache first, then the outer one; the other way round the edge fetches the old page anew',
  async ({ figure }) => {
    const right = topic('/topics/7')
    expect(await right.read(edge, 'old')).toBe('old')
    await right.purgeInner()
    await right.refreshEdge()
    const inside = await right.read(edge, 'later')

    const wrong = topic('/topics/8')
    expect(await wrong.read(edge, 'old')).toBe('old')
    await wrong.refreshEdge()
    await wrong.purgeInner()
    const outside = await wrong.read(edge, 'later')
    expect([inside, outside]).toEqual(['new', 'old'])
    // Varnish has thrown it away all right.
    expect(await wrong.read(inner, 'later')).toBe('later')
    figure({
      en: `Varnish purged, then the edge refreshed: readers get the ${inside} page; the edge first: the ${outside} one, for the rest of its max-age=600`,
      zh: `先清 Varnish，再刷新边缘节点：读者拿到新页面；先刷新边缘节点：拿到的还是旧的，要等 max-age=600 过完`,
    })
  },
)
