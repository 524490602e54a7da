import { expect } from 'vitest'
import { answering, openCaches, varnish } from './caches.ts'
import type { Answer } from './crew/orders.ts'
import { seen } from './tally.ts'

const conf = new URL('./nginx/storing.conf', import.meta.url)
const stage = openCaches(import.meta.url, conf, [
  varnish(new URL('./varnish/plain.vcl', import.meta.url), 8080),
])
const { claim } = stage
const ports = { nginx: 8001, Varnish: 8080 } as const

interface Readers {
  readonly answers: readonly Answer[]
  /** How many of them the origin has seen. */
  readonly asked: number
}

/** Two readers, one after the other, ask for the same page at this port. */
async function twoReaders(
  port: number,
  name: string,
  headers: Readonly<Record<string, string>>,
  readers: readonly Readonly<Record<string, string>>[] = [{}, {}],
): Promise<Readers> {
  const page = `/${name}/${port}`
  const path = answering(page, headers)
  const requests = readers.map((own) => ({ port, path, headers: own }))
  const answers = await stage.balancer.askAll(requests)
  expect(answers.map(({ status }) => status)).toEqual(readers.map(() => 200))
  return { answers, asked: (await stage.asked(page)).requests.length }
}

/** How many of two readers the origin has seen, behind each of both. */
async function asked(...page: [string, Readonly<Record<string, string>>]) {
  const at = async (port: number) => (await twoReaders(port, ...page)).asked
  return { nginx: await at(ports.nginx), Varnish: await at(ports.Varnish) }
}

claim(
  'max-age-is-stored',
  'an answer that says how long it is good is kept for the next reader',
  async ({ figure }) => {
    const found = await asked('fresh', { 'cache-control': 'max-age=60' })
    expect(found).toEqual({ nginx: 1, Varnish: 1 })
    figure({
      en: `max-age=60: of two readers the origin saw ${found.nginx} behind nginx, ${found.Varnish} behind Varnish`,
      zh: `max-age=60：两位读者中，源站在 nginx 后面见到 ${found.nginx} 位，在 Varnish 后面见到 ${found.Varnish} 位`,
    })
  },
)

claim(
  'silence-is-kept-by-varnish',
  'an answer that says nothing of its life: Varnish keeps it for two minutes, nginx not at all',
  async ({ figure }) => {
    const found = await asked('silent', {})
    expect(found).toEqual({ nginx: 2, Varnish: 1 })
    const param = ['varnishadm', 'param.show', 'default_ttl']
    const shown = await stage.containers.docker('exec', stage.ids[0]!, ...param)
    expect(shown).toMatch(/Value is: 120\.000 \[seconds\]/)
    figure({
      en: `no Cache-Control: the origin saw ${found.nginx} of 2 readers behind nginx, ${found.Varnish} behind Varnish (default_ttl 120 s)`,
      zh: `没有 Cache-Control：两位读者中，源站在 nginx 后面见到 ${found.nginx} 位，在 Varnish 后面见到 ${found.Varnish} 位（default_ttl 120 s）`,
    })
  },
)

claim(
  'private-and-no-store-stay-out',
  'neither keeps an answer that is private, no-store or no-cache',
  async ({ figure }) => {
    for (const word of ['private', 'no-store', 'no-cache'])
      expect(await asked(word, { 'cache-control': `${word}, max-age=60` }), word).toEqual({
        nginx: 2,
        Varnish: 2,
      })
    figure({
      en: 'private, no-store, no-cache, each with max-age=60: the origin saw both readers, behind nginx and behind Varnish',
      zh: 'private、no-store、no-cache（都带着 max-age=60）：两位读者源站都见到了，在 nginx 和 Varnish 后面都一样',
    })
  },
)

claim(
  's-maxage-beats-max-age',
  'a shared cache goes by s-maxage, whatever max-age says, in either order',
  async ({ figure }) => {
    const long = 'max-age=0, s-maxage=60'
    expect(await asked('long', { 'cache-control': long })).toEqual({ nginx: 1, Varnish: 1 })
    const turned = 's-maxage=60, max-age=0'
    expect(await asked('turned', { 'cache-control': turned })).toEqual({ nginx: 1, Varnish: 1 })
    const none = 'max-age=60, s-maxage=0'
    expect(await asked('none', { 'cache-control': none })).toEqual({ nginx: 2, Varnish: 2 })
    figure({
      en: `${long}: kept by both; ${none}: kept by neither`,
      zh: `${long}：两者都保存；${none}：两者都不保存`,
    })
  },
)

claim(
  'nginx-does-not-read-age',
  'an answer that was already old when it came: Varnish takes its Age off its life, nginx gives it a whole new one',
  async ({ figure }) => {
    const found = await asked('old', { 'cache-control': 'max-age=60', age: '60' })
    expect(found).toEqual({ nginx: 1, Varnish: 2 })
    figure({
      en: `max-age=60 and Age: 60: the origin saw ${found.nginx} of 2 readers behind nginx, ${found.Varnish} behind Varnish`,
      zh: `max-age=60 且 Age: 60：两位读者中，源站在 nginx 后面见到 ${found.nginx} 位，在 Varnish 后面见到 ${found.Varnish} 位`,
    })
  },
)

claim(
  'set-cookie-is-not-stored',
  'an answer that sets a cookie is not kept, by neither of them',
  async ({ figure }) => {
    const headers = { 'cache-control': 'max-age=60', 'set-cookie': 'teahouse_session=web1.42' }
    const found = await asked('cookie', headers)
    expect(found).toEqual({ nginx: 2, Varnish: 2 })
    figure({
      en: `max-age=60 and Set-Cookie: the origin saw ${found.nginx} of 2 readers behind nginx, ${found.Varnish} behind Varnish`,
      zh: `max-age=60 加 Set-Cookie：两位读者中，源站在 nginx 后面见到 ${found.nginx} 位，在 Varnish 后面见到 ${found.Varnish} 位`,
    })
  },
)

claim(
  'ignored-set-cookie-hands-out-a-login',
  'told to ignore Set-Cookie, nginx gives the first reader’s cookie to the second',
  async ({ figure }) => {
    const cookie = 'teahouse_session=web1.42'
    const headers = { 'cache-control': 'max-age=60', 'set-cookie': cookie }
    const { answers, asked: requests } = await twoReaders(8002, 'login', headers)
    const cookies = answers.map((answer) => answer.headers['set-cookie'])
    expect({ cookies, requests }).toEqual({ cookies: [cookie, cookie], requests: 1 })
    figure({
      en: `the origin made 1 login; 2 readers got ${cookie}`,
      zh: `源站只发了 1 个登录 cookie；2 位读者都拿到了 ${cookie}`,
    })
  },
)

const alice = { authorization: 'Bearer alice' }
const bob = { authorization: 'Bearer bob' }
/** Whose request the page answers. */
const madeFor = (answer: Answer) => seen(answer).headers['authorization'] ?? 'nobody'

claim(
  'authorization-passes-varnish-not-nginx',
  'Varnish hands on a request that bears Authorization; nginx answers it with what another got',
  async ({ figure }) => {
    const page = { 'cache-control': 'max-age=60' }
    const readers = async (port: number) => {
      const { answers } = await twoReaders(port, 'mine', page, [alice, bob])
      return answers.map(madeFor)
    }
    const [nginx, varnished] = [await readers(ports.nginx), await readers(ports.Varnish)]
    const right = ['Bearer alice', 'Bearer bob']
    expect(nginx).toEqual(['Bearer alice', 'Bearer alice'])
    expect(varnished).toEqual(right)
    const told = await readers(8003)
    expect(told).toEqual(right)
    // Nor has either's page been kept for whoever comes next.
    const stranger = await stage.ask({ port: 8003, path: answering('/mine/8003', page) })
    expect(madeFor(stranger)).toBe('nobody')
    figure({
      en: `bob got the page of ${nginx[1]} from nginx, of ${varnished[1]} from Varnish, of ${told[1]} from nginx with proxy_cache_bypass and proxy_no_cache`,
      zh: `bob 从 nginx 拿到的是 ${nginx[1]} 的页面，从 Varnish 拿到的是 ${varnished[1]} 的；nginx 加上 proxy_cache_bypass 和 proxy_no_cache 之后是 ${told[1]} 的`,
    })
  },
)

claim(
  'request-cookie-passes-varnish-not-nginx',
  'one cookie in the request, of whatever kind, and Varnish asks the origin; nginx does not look at it',
  async ({ figure }) => {
    const page = { 'cache-control': 'max-age=60' }
    const readers = [{ cookie: 'theme=dark' }, { cookie: 'theme=dark' }]
    const at = async (port: number) => (await twoReaders(port, 'theme', page, readers)).asked
    const found = { nginx: await at(ports.nginx), Varnish: await at(ports.Varnish) }
    expect(found).toEqual({ nginx: 1, Varnish: 2 })
    figure({
      en: `two readers with theme=dark: the origin saw ${found.nginx} behind nginx, ${found.Varnish} behind Varnish`,
      zh: `两位读者都带着 theme=dark：源站在 nginx 后面见到 ${found.nginx} 位，在 Varnish 后面见到 ${found.Varnish} 位`,
    })
  },
)

claim(
  'a-304-has-no-body',
  'who has the page already and names its ETag gets a 304, and no byte of the page',
  async ({ figure }) => {
    const etag = '"b41f"'
    const headers = { 'cache-control': 'max-age=60', etag }
    const path = answering('/large', headers, { bytes: 20_000 })
    const sizes: Record<string, [number, number]> = {}
    for (const [name, port] of Object.entries(ports)) {
      const whole = await stage.ask({ port, path })
      const again = await stage.ask({ port, path, headers: { 'if-none-match': etag } })
      expect([whole.status, whole.body.length]).toEqual([200, 20_000])
      expect([again.status, again.body]).toEqual([304, ''])
      expect(again.bytes).toBeLessThan(600)
      sizes[name] = [whole.bytes, again.bytes]
    }
    const { nginx, Varnish } = sizes
    figure({
      en: `a page of 20,000 bytes: 200 takes ${nginx![0]} bytes from nginx, ${Varnish![0]} from Varnish; 304 takes ${nginx![1]} and ${Varnish![1]}`,
      zh: `20,000 字节的页面：返回 200，nginx 要 ${nginx![0]} 字节，Varnish 要 ${Varnish![0]}；返回 304，只要 ${nginx![1]} 和 ${Varnish![1]}`,
    })
  },
)
