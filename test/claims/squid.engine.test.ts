import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { Front } from './balancer.ts'
import { answering, openCaches } from './caches.ts'

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
const stage = openCaches(import.meta.url, new URL('./nginx/storing.conf', import.meta.url), [squid])
const { claim } = stage
const door = 8120
const forward = 8121

const asked = async (page: string) => (await stage.asked(page)).requests

claim(
  'squid-keeps-pages-too',
  'Squid in front of the origin: one request for twenty readers, and a cookie that is set goes to the first alone',
  async ({ figure }) => {
    const path = answering('/kept', { 'cache-control': 'max-age=60', 'set-cookie': 'a=1' })
    const answers = await stage.balancer.askTimes(20, { port: door, path })
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    const cookies = answers.filter(({ headers }) => 'set-cookie' in headers)
    expect([(await asked('/kept')).length, cookies.length, answers.indexOf(cookies[0]!)]).toEqual([
      1, 1, 0,
    ])
    figure({
      en: `20 readers of a page with Set-Cookie: ${(await asked('/kept')).length} request at the origin, ${cookies.length} reader got the cookie`,
      zh: `20 位读者，页面带 Set-Cookie：源站收到 ${(await asked('/kept')).length} 个请求，${cookies.length} 位读者拿到 cookie`,
    })
  },
)

claim(
  'no-cache-is-kept-and-asked-about',
  'no-cache by the letter of the standard, in Squid: the page is kept, and each reader has it only after the origin was asked',
  async ({ figure }) => {
    const headers = { 'cache-control': 'no-cache', etag: '"b41f"' }
    const path = answering('/ask-first', headers, { bytes: 20_000 })
    const answers = await stage.balancer.askTimes(3, { port: door, path })
    expect(answers.map(({ status, body }) => [status, body.length])).toEqual(
      Array(3).fill([200, 20_000]),
    )
    const known = (await asked('/ask-first')).map((request) => request.headers['if-none-match'])
    expect(known).toEqual([undefined, '"b41f"', '"b41f"'])
    figure({
      en: `3 readers: the origin was asked ${known.length} times, ${known.filter(Boolean).length} of them with If-None-Match, and sent the page once`,
      zh: `3 位读者：源站被问了 ${known.length} 次，其中 ${known.filter(Boolean).length} 次带着 If-None-Match，页面只发了一次`,
    })
  },
)

claim(
  'squid-speaks-for-readers',
  'the same Squid as a forward proxy: the reader names the site, Squid goes there',
  async ({ figure }) => {
    const path = answering('/elsewhere', { 'cache-control': 'max-age=60' })
    const request = { port: forward, path: `http://origin:3000${path}` }
    const answers = await stage.balancer.askTimes(5, request)
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200))
    const found = await asked('/elsewhere')
    expect(found).toHaveLength(1)
    figure({
      en: `5 readers asked Squid for http://origin:3000/elsewhere; the origin saw ${found.length}`,
      zh: `5 位读者向 Squid 请求 http://origin:3000/elsewhere；源站见到 ${found.length} 位`,
    })
  },
)
