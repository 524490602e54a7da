import { expect } from 'vitest'
import type { Drawable } from '../../.vitepress/book/measured.ts'
import {
  besideNginx,
  type CacheRun,
  type CacheWay,
  runCacheWay,
  signedIn,
  warmUp,
  waysConf,
} from './cache-ways.ts'
import { openCaches } from './caches.ts'
import type { Figure } from './claim.ts'
import { drawn } from './drawn.ts'

const stage = openCaches(import.meta.url, waysConf, besideNginx)
const { claim } = stage

const measure = (way: CacheWay, headers = {}) => runCacheWay(stage, way, headers)

const inWords = ({ perSecond, p50Ms, p99Ms, cpuMs }: CacheRun) => {
  const [each, p50, p99] = [perSecond, p50Ms, p99Ms].map(Math.round)
  const cpu = cpuMs.toFixed(2)
  return {
    en: `${each} requests/s, p50 ${p50} ms, p99 ${p99} ms, ${cpu} ms of CPU each`,
    zh: `每秒 ${each} 个请求，p50 ${p50} ms，p99 ${p99} ms，每个用 CPU ${cpu} ms`,
  }
}

claim(
  'varnish-spares-the-application',
  'the same page with and without Varnish: a request costs a fraction of the CPU, all servers together',
  async ({ figure }) => {
    await warmUp(stage)
    const without = await measure('application')
    const within = await measure('varnish')
    const inNginx = await measure('edge')
    expect(within.cpuMs).toBeLessThan(without.cpuMs / 2)
    expect(inNginx.cpuMs).toBeLessThan(without.cpuMs / 2)
    expect(within.cpuOf['Teahouse']).toBeLessThan(without.cpuOf['Teahouse']! / 10)
    expect(within.p50Ms).toBeLessThan(without.p50Ms)
    const memory = Math.round(within.megabytesOf['Varnish']!)
    const say = (lang: 'en' | 'zh') => [without, within, inNginx].map((run) => inWords(run)[lang])
    const [en, zh] = [say('en'), say('zh')]
    const measured: Figure & Drawable = {
      ways: [without, within, inNginx].map(drawn),
      en: `nginx → Teahouse: ${en[0]}. nginx → Varnish → Teahouse: ${en[1]}; Varnish holds ${memory} MB. nginx with proxy_cache: ${en[2]}`,
      zh: `nginx → Teahouse：${zh[0]}。nginx → Varnish → Teahouse：${zh[1]}；Varnish 占内存 ${memory} MB。nginx 用 proxy_cache：${zh[2]}`,
    }
    figure(measured)
  },
)

claim(
  'varnish-costs-what-it-cannot-keep',
  'a page that is nobody else’s takes the same way and gains nothing: the tier is a toll',
  async ({ figure }) => {
    const without = await measure('application', signedIn)
    const within = await measure('varnish', signedIn)
    const toll = within.cpuOf['Varnish']!
    // Teahouse made each of them, as before.
    expect(within.cpuOf['Teahouse']).toBeGreaterThan(without.cpuOf['Teahouse']! / 2)
    expect(toll).toBeGreaterThan(0)
    const figures = { without: inWords(without), within: inWords(within) }
    figure({
      en: `signed-in readers, without Varnish: ${figures.without.en}; with it: ${figures.within.en}, of which Varnish ${toll.toFixed(2)} ms`,
      zh: `登录了的读者，没有 Varnish：${figures.without.zh}；有：${figures.within.zh}，其中 Varnish 占 ${toll.toFixed(2)} ms`,
    })
  },
)
