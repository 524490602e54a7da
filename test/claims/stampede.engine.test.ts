import { expect } from 'vitest'
import { answering, openCaches, varnish } from './caches.ts'

const vcl = (name: string) => new URL(`./varnish/${name}.vcl`, import.meta.url)
const conf = new URL('./nginx/stampede.conf', import.meta.url)
const stage = openCaches(import.meta.url, conf, [
  varnish(vcl('plain'), 8080),
  varnish(vcl('stampede'), 8090),
])
const { claim } = stage

/** So many readers at once, and a page for which the origin takes this long. */
async function rush(port: number, page: string, cacheControl: string, readers: number, ms: number) {
  const path = answering(page, { 'cache-control': cacheControl }, { ms })
  const answers = await stage.balancer.askTimes(readers, { port, path }, { atOnce: readers })
  expect(answers.map(({ status }) => status)).toEqual(Array(readers).fill(200))
  const begun = Math.min(...answers.map(({ askedAt }) => askedAt))
  const lastMs = Math.max(...answers.map(({ askedAt, ms: took }) => askedAt + took)) - begun
  const { requests, mostAtOnce } = await stage.asked(page)
  return { asked: requests.length, mostAtOnce, lastMs }
}

claim(
  'cache-lock-sends-one',
  'without proxy_cache_lock every reader who finds nothing goes to the origin; with it, one does',
  async ({ figure }) => {
    const open = await rush(8001, '/open', 'max-age=60', 50, 500)
    const locked = await rush(8002, '/locked', 'max-age=60', 50, 500)
    expect([open.asked, locked.asked]).toEqual([50, 1])
    figure({
      en: `50 readers at once, a page that takes 500 ms: ${open.asked} requests at the origin without the lock, ${locked.asked} with it`,
      zh: `50 位读者同时来，页面要做 500 ms：不加锁，源站收到 ${open.asked} 个请求；加锁，${locked.asked} 个`,
    })
  },
)

claim(
  'varnish-sends-one',
  'Varnish sends one of many readers to the origin without being told',
  async ({ figure }) => {
    const { asked } = await rush(8080, '/coalesced', 'max-age=60', 50, 500)
    expect(asked).toBe(1)
    figure({
      en: `50 readers at once, a page that takes 500 ms: ${asked} request at the origin`,
      zh: `50 位读者同时来，页面要做 500 ms：源站收到 ${asked} 个请求`,
    })
  },
)

claim(
  'hit-for-miss-lets-them-through',
  'a page that may not be kept: Varnish remembers that waiting for it is vain; with a TTL of zero readers queue one behind the other',
  async ({ figure }) => {
    const [readers, ms] = [8, 200]
    const remembered = await rush(8080, '/mine/remembered', 'private', readers, ms)
    const queued = await rush(8090, '/mine/queued', 'private', readers, ms)
    expect([remembered.asked, queued.asked]).toEqual([readers, readers])
    // The first one's answer tells that there is nothing to wait for; then the others go together.
    expect(remembered.mostAtOnce).toBeGreaterThan(readers / 2)
    expect(queued.mostAtOnce).toBe(1)
    expect(queued.lastMs).toBeGreaterThan(readers * ms)
    const inSeconds = ({ lastMs }: { lastMs: number }) => (lastMs / 1000).toFixed(1)
    figure({
      en: `${readers} readers at once, a private page that takes ${ms} ms: the last one has it after ${inSeconds(remembered)} s; with a TTL of zero after ${inSeconds(queued)} s`,
      zh: `${readers} 位读者同时来，一个要做 ${ms} ms 的 private 页面：最后一位 ${inSeconds(remembered)} s 拿到；TTL 设为零，${inSeconds(queued)} s`,
    })
  },
)
