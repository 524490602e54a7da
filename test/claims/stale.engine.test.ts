import { setInterval as every } from 'node:timers/promises'
import { expect, vi } from 'vitest'
import { answering, openCaches, varnish } from './caches.ts'
import type { Answer } from './crew/orders.ts'

const vcl = (name: string) => new URL(`./varnish/${name}.vcl`, import.meta.url)
const conf = new URL('./nginx/stale.conf', import.meta.url)
const stage = openCaches(import.meta.url, conf, [
  varnish(vcl('plain'), 8080),
  varnish(vcl('plain'), 8090, '-p', 'default_grace=0s'),
  varnish(vcl('stale'), 8100),
  varnish(vcl('keep'), 8110),
])
const { claim } = stage
const withGrace = 8080
const withoutGrace = 8090
const longWhenSick = 8100
const withKeep = 8110

const thinkMs = 800
/** Nobody who waits for the origin has an answer so soon. */
const soonMs = thinkMs / 2

/** A reader every 50 ms asks for the page, until this is so. */
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

/** From the first reader until the page has been made a second time: how many had to wait? */
async function waitsAt(port: number, page: string, cacheControl: string) {
  const path = answering(page, { 'cache-control': cacheControl }, { ms: thinkMs })
  const first = await stage.ask({ port, path })
  expect(first.ms).toBeGreaterThan(soonMs)
  const until = await readUntil(port, path, async () => {
    const { requests } = await stage.asked(page)
    return requests.length > 1
  })
  // The fetch has begun. Whoever comes during it counts too.
  const answers = [...until, ...(await stage.balancer.askTimes(5, { port, path }))]
  expect(answers.every(({ status }) => status === 200)).toBe(true)
  const waits = answers.filter(({ ms }) => ms > soonMs)
  return { waited: waits.length, slowest: Math.max(...answers.map(({ ms }) => ms)) }
}

const ms = (value: number) => `${Math.round(value)} ms`

claim(
  'grace-serves-while-fetching',
  'within grace the reader who finds a page expired gets it all the same, while Varnish fetches the new one',
  async ({ figure }) => {
    const graced = await waitsAt(withGrace, '/graced', 'max-age=1')
    const bare = await waitsAt(withoutGrace, '/bare', 'max-age=1')
    expect([graced.waited, bare.waited]).toEqual([0, 1])
    figure({
      en: `a page that takes ${thinkMs} ms expires: with 10 s of grace the slowest reader waited ${ms(graced.slowest)}, without grace ${ms(bare.slowest)}`,
      zh: `一个要做 ${thinkMs} ms 的页面过期了：有 10 s 宽限期，最慢的读者等了 ${ms(graced.slowest)}；没有宽限期，${ms(bare.slowest)}`,
    })
  },
)

claim(
  'stale-while-revalidate-is-understood',
  'the origin itself can say so: stale-while-revalidate is grace to Varnish, and a background update to nginx',
  async ({ figure }) => {
    const header = 'max-age=1, stale-while-revalidate=60'
    const found = {
      Varnish: await waitsAt(withoutGrace, '/swr/varnish', header),
      nginx: await waitsAt(8005, '/swr/nginx', header),
      unsaid: await waitsAt(8005, '/swr/unsaid', 'max-age=1'),
    }
    expect([found.Varnish.waited, found.nginx.waited, found.unsaid.waited]).toEqual([0, 0, 1])
    figure({
      en: `slowest reader with stale-while-revalidate=60: Varnish ${ms(found.Varnish.slowest)}, nginx ${ms(found.nginx.slowest)}; without it ${ms(found.unsaid.slowest)}`,
      zh: `写了 stale-while-revalidate=60，最慢的读者：Varnish ${ms(found.Varnish.slowest)}，nginx ${ms(found.nginx.slowest)}；不写，${ms(found.unsaid.slowest)}`,
    })
  },
)

claim(
  'background-update-spares-the-first',
  'with `updating` alone the first reader waits for all the others; with a background update nobody does',
  async ({ figure }) => {
    const updating = await waitsAt(8003, '/updating', 'max-age=1')
    const background = await waitsAt(8002, '/background', 'max-age=1')
    expect([updating.waited, background.waited]).toEqual([1, 0])
    figure({
      en: `slowest reader of an expired page that takes ${thinkMs} ms: ${ms(updating.slowest)} with use_stale updating, ${ms(background.slowest)} with background_update`,
      zh: `要做 ${thinkMs} ms 的页面过期后，最慢的读者：只有 use_stale updating 是 ${ms(updating.slowest)}，加上 background_update 是 ${ms(background.slowest)}`,
    })
  },
)

/** The origin's process is dead while the proof runs, and alive again after it. */
async function withoutOrigin<T>(prove: () => Promise<T>): Promise<T> {
  await stage.balancer.kill('origin')
  try {
    return await prove()
  } finally {
    await stage.balancer.start('origin')
  }
}

/** True when so much time has passed since now. */
function after(milliseconds: number): () => boolean {
  const from = performance.now()
  return () => performance.now() - from > milliseconds
}

/** A page good for one second is read, the origin dies, the second passes: what does a reader get? */
async function afterDeath(port: number, cacheControl: string): Promise<Answer> {
  const path = answering(`/dead/${port}`, { 'cache-control': cacheControl })
  expect((await stage.ask({ port, path })).status).toBe(200)
  // nginx keeps the time in whole seconds.
  const answers = await withoutOrigin(() => readUntil(port, path, after(2500)))
  return answers.at(-1)!
}

claim(
  'use-stale-answers-for-a-dead-origin',
  'the origin is dead and the page has expired: nginx answers 502, unless proxy_cache_use_stale lets it give the old page',
  async ({ figure }) => {
    const [bare, stale] = [await afterDeath(8001, 'max-age=1'), await afterDeath(8002, 'max-age=1')]
    const statusOf = ({ status, headers }: Answer) => `${status} ${headers['x-cache-status']}`
    const found = [statusOf(bare), statusOf(stale)] as const
    expect(found).toEqual(['502 EXPIRED', '200 STALE'])
    figure({
      en: `without proxy_cache_use_stale: ${found[0]}; with it: ${found[1]}`,
      zh: `没有 proxy_cache_use_stale：${found[0]}；有：${found[1]}`,
    })
  },
)

claim(
  'stale-if-error-nginx-only',
  'stale-if-error from the origin is obeyed by nginx and not by Varnish, which has its grace',
  async ({ figure }) => {
    const header = 'max-age=1, stale-if-error=600'
    const nginx = await afterDeath(8001, header)
    const varnished = await afterDeath(withoutGrace, header)
    expect([nginx.status, varnished.status]).toEqual([200, 503])
    figure({
      en: `stale-if-error=600, dead origin, no other setting: nginx ${nginx.status}, Varnish without grace ${varnished.status}`,
      zh: `stale-if-error=600，源站已死，没有别的设置：nginx ${nginx.status}，没有宽限期的 Varnish ${varnished.status}`,
    })
  },
)

claim(
  'long-grace-only-when-sick',
  'a short grace while the origin is well, a long one when it is not',
  async ({ figure }) => {
    const path = answering('/long', { 'cache-control': 'max-age=1' })
    const ageOf = (answer: Answer) => Number(answer.headers['age'])
    // Well: one second of life and one of grace, and nobody gets an older one.
    const well = await readUntil(longWhenSick, path, after(4000))
    const oldest = Math.max(...well.map(ageOf))
    expect(oldest).toBeLessThanOrEqual(2)
    const sick = await withoutOrigin(() =>
      readUntil(longWhenSick, path, (answer) => answer.status !== 200 || ageOf(answer) > 4),
    )
    const last = sick.at(-1)!
    expect(sick.every(({ status }) => status === 200)).toBe(true)
    expect(ageOf(last)).toBeGreaterThan(4)
    figure({
      en: `max-age=1: while the origin was well no page was older than ${oldest} s; with a dead one ${sick.length} of ${sick.length} readers got their page, the last one ${ageOf(last)} s old`,
      zh: `max-age=1：源站正常时，页面最老 ${oldest} s；源站死后，${sick.length} 位读者全都拿到了页面，最后那份已经 ${ageOf(last)} s`,
    })
  },
)

claim(
  'revalidation-saves-the-body',
  'an expired page that has not changed comes back as a 304: the origin sends no page, the reader gets one',
  async ({ figure }) => {
    const headers = { 'cache-control': 'max-age=1', etag: '"b41f"' }
    const again = async (port: number, page: string) => {
      const path = answering(page, headers, { bytes: 20_000 })
      const answers = await readUntil(port, path, async () => {
        return (await stage.asked(page)).requests.length > 1
      })
      expect(answers.every(({ body }) => body.length === 20_000)).toBe(true)
      return toldOf(page)
    }
    /** What the origin's last request for the page said of the copy that there was. */
    const toldOf = async (page: string) => {
      const { requests } = await stage.asked(page)
      return requests.at(-1)!.headers['if-none-match'] ?? 'nothing'
    }
    /** Until Varnish's own clock-keeper has thrown it away, the expired copy is asked after, too. */
    const onceThrownAway = async (page: string) => {
      const [, id = ''] = stage.ids
      const request = { port: withoutGrace, path: answering(page, headers, { bytes: 20_000 }) }
      const before = await stage.counted(id, 'n_expired')
      await stage.ask(request)
      await vi.waitUntil(async () => (await stage.counted(id, 'n_expired')) > before, 30_000)
      await stage.ask(request)
      return toldOf(page)
    }
    const found = {
      nginx: await again(8004, '/again/nginx'),
      plain: await again(8001, '/again/plain'),
      keep: await again(withKeep, '/again/keep'),
      none: await onceThrownAway('/again/none'),
    }
    expect(found).toEqual({ nginx: '"b41f"', plain: 'nothing', keep: '"b41f"', none: 'nothing' })
    const direct = async (own: Readonly<Record<string, string>>) => {
      const path = answering('/again/direct', headers, { bytes: 20_000 })
      return (await stage.ask({ to: 'origin', port: 3000, path, headers: own })).bytes
    }
    const [whole, short] = [await direct({}), await direct({ 'if-none-match': '"b41f"' })]
    expect(short).toBeLessThan(whole / 20)
    figure({
      en: `a page of 20,000 bytes that has expired: ${short} bytes from the origin instead of ${whole}, with proxy_cache_revalidate or keep`,
      zh: `20,000 字节的页面过期之后：有 proxy_cache_revalidate 或 keep，源站只发 ${short} 字节，而不是 ${whole}`,
    })
  },
)
