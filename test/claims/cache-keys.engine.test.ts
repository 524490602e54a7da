import { expect } from 'vitest'
import { answering, openCaches, varnish } from './caches.ts'
import type { Request } from './crew/orders.ts'
import { seen } from './tally.ts'

const vcl = (name: string) => new URL(`./varnish/${name}.vcl`, import.meta.url)
const conf = new URL('./nginx/keys.conf', import.meta.url)
const stage = openCaches(import.meta.url, conf, [
  varnish(vcl('plain'), 8080),
  varnish(vcl('keys'), 8090),
])
const { claim } = stage
const plain = { port: 8080 }
const tidied = { port: 8090 }
const nginx = { port: 8001 }

const kept = { 'cache-control': 'max-age=60' }

/** How many of these requests reach the origin, which knows them by the page's path. */
async function reaching(page: string, requests: readonly Request[]): Promise<number> {
  const before = (await stage.asked(page)).requests.length
  const answers = await stage.balancer.askAll(requests)
  expect(answers.map(({ status }) => status)).toEqual(requests.map(() => 200))
  return (await stage.asked(page)).requests.length - before
}

/** Copies that Varnish holds. */
const copies = (container: string) => stage.counted(container, 'n_object')

claim(
  'vary-user-agent-splits',
  'Vary: User-Agent makes a copy for every browser that comes',
  async ({ figure }) => {
    const browsers = Array.from({ length: 100 }, (_, i) => ({ 'user-agent': `Browser/${i}.0` }))
    const ask = (page: string, port: number, headers: Readonly<Record<string, string>>) =>
      reaching(
        page,
        browsers.map((own) => ({ port, path: answering(page, headers), headers: own })),
      )
    const split = { ...kept, vary: 'user-agent' }
    const before = await copies(stage.ids[0]!)
    expect(await ask('/whole/varnish', plain.port, kept)).toBe(1)
    const between = await copies(stage.ids[0]!)
    const varnished = await ask('/split/varnish', plain.port, split)
    const added = (await copies(stage.ids[0]!)) - between
    expect({ whole: between - before, varnished, added }).toEqual({
      whole: 1,
      varnished: 100,
      added: 100,
    })
    expect(await ask('/whole/nginx', nginx.port, kept)).toBe(1)
    const proxied = await ask('/split/nginx', nginx.port, split)
    expect(proxied).toBe(100)
    figure({
      en: `100 browsers, one page: with Vary: User-Agent ${added} copies in Varnish and ${proxied} requests at the origin behind nginx; without it ${between - before} and 1`,
      zh: `100 种浏览器，同一个页面：有 Vary: User-Agent 时，Varnish 里 ${added} 份，nginx 后面的源站收到 ${proxied} 个请求；没有时，各是 ${between - before} 和 1`,
    })
  },
)

claim(
  'tracking-parameters-make-copies',
  'every tracking parameter is a page of its own, until it is cut off before the key is made',
  async ({ figure }) => {
    const ask = (page: string, port: number) =>
      reaching(
        page,
        Array.from({ length: 20 }, (_, i) => {
          const path = `${answering(page, kept)}&utm_source=mail&utm_campaign=${i}`
          return { port, path }
        }),
      )
    const found = {
      nginx: await ask('/news/nginx', nginx.port),
      Varnish: await ask('/news/varnish', plain.port),
      tidied: await ask('/news/tidied', tidied.port),
    }
    expect(found).toEqual({ nginx: 20, Varnish: 20, tidied: 1 })
    const { requests } = await stage.asked('/news/tidied')
    expect(requests[0]?.url).toBe('/news/tidied?h.cache-control=max-age%3D60')
    figure({
      en: `20 links to one page: ${found.nginx} requests at the origin behind nginx, ${found.Varnish} behind Varnish, ${found.tidied} with the parameters cut off`,
      zh: `指向同一页面的 20 个链接：源站在 nginx 后面收到 ${found.nginx} 个请求，在 Varnish 后面 ${found.Varnish} 个；去掉这些参数之后 ${found.tidied} 个`,
    })
  },
)

claim(
  'cookies-off-static-files',
  'a static file is kept for everybody once the cookie is taken off the request',
  async ({ figure }) => {
    const page = '/public/style.css'
    const readers = Array.from({ length: 10 }, (_, i) => ({ cookie: `teahouse_session=web1.${i}` }))
    const ask = ({ port }: { readonly port: number }) =>
      reaching(
        page,
        readers.map((headers) => ({ port, path: answering(page, kept), headers })),
      )
    const found = { plain: await ask(plain), tidied: await ask(tidied) }
    expect(found).toEqual({ plain: 10, tidied: 1 })
    figure({
      en: `10 signed-in readers: the origin sends the stylesheet ${found.plain} times behind plain Varnish, ${found.tidied} time without cookies`,
      zh: `10 位登录了的读者：直接用 Varnish，样式表由源站发了 ${found.plain} 次；去掉 cookie，${found.tidied} 次`,
    })
  },
)

claim(
  'language-folded-into-two-copies',
  'Vary: Accept-Language is two copies when the header has two values, and one for each spelling when it has not',
  async ({ figure }) => {
    const page = '/languages'
    const spellings = ['en', 'en-GB,en;q=0.9', 'en-US,en;q=0.5', 'de-DE,de;q=0.9', 'zh-CN,zh;q=0.9']
    const requests = (port: number) =>
      [...spellings, 'zh-TW,zh;q=0.8'].map((language) => ({
        port,
        path: answering(page, { ...kept, vary: 'accept-language' }),
        headers: { 'accept-language': language },
      }))
    const found = {
      plain: await reaching(page, requests(plain.port)),
      folded: await reaching(page, requests(tidied.port)),
    }
    expect(found).toEqual({ plain: 6, folded: 2 })
    figure({
      en: `6 spellings of two languages: ${found.plain} copies as they came, ${found.folded} when folded`,
      zh: `两种语言的 6 种写法：原样是 ${found.plain} 份，归并之后 ${found.folded} 份`,
    })
  },
)

claim(
  'nginx-default-key-forgets-the-host',
  'two sites before the same upstream share their pages: the default key has the name of the upstream, not of the site',
  async ({ figure }) => {
    const visit = async (port: number, page: string) => {
      const hosts = ['forum.test', 'shop.test']
      const answers = await stage.balancer.askAll(
        hosts.map((host) => ({ port, path: answering(page, kept), headers: { host } })),
      )
      return answers.map((answer) => seen(answer).headers['host'])
    }
    const shared = await visit(8001, '/both')
    const apart = await visit(8002, '/apart')
    expect(shared).toEqual(['forum.test', 'forum.test'])
    expect(apart).toEqual(['forum.test', 'shop.test'])
    figure({
      en: `asked for shop.test, nginx answered with the page of ${shared[1]}; with $http_host in the key, of ${apart[1]}`,
      zh: `请求 shop.test，nginx 给的是 ${shared[1]} 的页面；键里写上 $http_host 之后，是 ${apart[1]} 的`,
    })
  },
)
