import { setInterval as every } from 'node:timers/promises'
import { expect } from 'vitest'
import { answering, openCaches, varnish } from './caches.ts'
import type { Answer } from './crew/orders.ts'

const conf = new URL('./nginx/errors.conf', import.meta.url)
const stage = openCaches(import.meta.url, conf, [
  varnish(new URL('./varnish/errors.vcl', import.meta.url), 8080),
  varnish(new URL('./varnish/abandon.vcl', import.meta.url), 8090),
])
const { claim } = stage

const good = (page: string, seconds: number) =>
  answering(page, { 'cache-control': `max-age=${seconds}` })
/** The origin fails: an answer without a lifetime, as errors are. */
const bad = (page: string, status: number) => answering(page, {}, { status })
const said = ({ status, headers }: Answer) => `${status} ${headers['x-cache-status']}`

/** A reader every 50 ms, until this is so. */
async function readUntil(
  port: number,
  path: string,
  enough: (answer: Answer) => boolean | Promise<boolean>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  for await (const request of every(50, { port, path })) {
    answers.push(await stage.ask(request))
    if (await enough(answers.at(-1)!)) break
  }
  return answers
}

claim(
  'a-500-hides-the-good-page',
  'the page has expired and the origin answers 500: nginx passes that on, with the good page still in its cache',
  async ({ figure }) => {
    const page = '/hidden'
    expect(said(await stage.ask({ port: 8001, path: good(page, 1) }))).toBe('200 MISS')
    const bare = await readUntil(8001, bad(page, 500), (answer) => said(answer) !== '200 HIT')
    const told = await stage.ask({ port: 8002, path: bad(page, 500) })
    const found = [said(bare.at(-1)!), said(told)] as const
    // The other server's cache is the same one: the page was there all the time.
    expect(found).toEqual(['500 EXPIRED', '200 STALE'])
    figure({
      en: `an expired page, and an origin that answers 500: ${found[0]}; a moment later with http_500 in proxy_cache_use_stale: ${found[1]}`,
      zh: `页面过期，源站答 500：${found[0]}；随后在 proxy_cache_use_stale 里写了 http_500：${found[1]}`,
    })
  },
)

claim(
  'an-unkept-answer-replaces-nothing',
  'a refresh whose answer may not be kept leaves the old page in the cache; one that may be kept takes its place',
  async ({ figure }) => {
    const headers = { 'x-refresh': '1' }
    /** The page is read, refreshed with this answer, and read once more. */
    const refreshed = async (page: string, path: string) => {
      const read = { port: 8003, path: good(page, 600) }
      expect(said(await stage.ask(read))).toBe('200 MISS')
      const refresh = await stage.ask({ port: 8003, path, headers })
      return [said(refresh), said(await stage.ask(read))] as const
    }
    const gone = await refreshed('/gone', bad('/gone', 404))
    const broken = await refreshed('/broken', bad('/broken', 500))
    const keeps = { 'cache-control': 'max-age=600' }
    const kept = await refreshed('/kept', answering('/kept', keeps, { status: 404 }))
    expect(gone).toEqual(['404 BYPASS', '200 HIT'])
    expect(broken).toEqual(['500 BYPASS', '200 HIT'])
    expect(kept).toEqual(['404 BYPASS', '404 HIT'])
    figure({
      en: `refreshed with a 404 that has no lifetime, the page is still ${gone[1]}; with a 500, ${broken[1]}; with a 404 of max-age=600, ${kept[1]}`,
      zh: `刷新得到没有有效期的 404，页面还是 ${gone[1]}；得到 500，${broken[1]}；得到带 max-age=600 的 404，${kept[1]}`,
    })
  },
)

claim(
  'a-500-takes-varnishs-page',
  'a 500 that Varnish fetches in the background takes the good page’s place, unless the VCL abandons it',
  async ({ figure }) => {
    /** Read once; then the origin fails, until it has been asked four times in all. */
    const readers = async (port: number, page: string) => {
      expect((await stage.ask({ port, path: good(page, 1) })).status).toBe(200)
      const answers = await readUntil(port, bad(page, 500), async () => {
        return (await stage.asked(page)).requests.length >= 4
      })
      return answers.map(({ status }) => status)
    }
    const taken = await readers(8080, '/taken')
    const abandoned = await readers(8090, '/abandoned')
    // The first who found it expired still had it: it was fetched behind their back.
    expect([taken[0], taken.at(-1)]).toEqual([200, 500])
    expect(new Set(abandoned)).toEqual(new Set([200]))
    const lost = taken.filter((status) => status !== 200).length
    figure({
      en: `within grace, an origin that answers 500: the last ${lost} of ${taken.length} readers got the 500; with abandon all ${abandoned.length} got the page`,
      zh: `在宽限期之内，源站答 500：${taken.length} 位读者中最后 ${lost} 位看到 500；写了 abandon，${abandoned.length} 位全都拿到页面`,
    })
  },
)
