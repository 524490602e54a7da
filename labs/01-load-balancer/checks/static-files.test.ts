import { expect, test } from 'vitest'
import { lab, say } from '#labs/kit'

const month = 30 * 24 * 3600

test(
  say(
    'static files come from nginx, even with every web server down',
    '静态文件由 nginx 返回，Web 服务器全停也一样',
  ),
  async () => {
    const before = await lab.request('/public/style.css?v=1')
    expect(
      before.status,
      say('status of /public/style.css?v=1', '/public/style.css?v=1 的状态码'),
    ).toBe(200)
    expect(before.headers['content-type'], 'Content-Type').toContain('text/css')
    expect(
      before.headers['x-served-by'],
      say('the web server that answered', '回答它的 Web 服务器'),
    ).toBeUndefined()
    for (const server of ['web1', 'web2']) await lab.refuse(server)
    const after = await lab.request('/public/style.css?v=2', { timeoutMs: 3000 })
    expect(
      after.status,
      say('its status with web1 and web2 down', 'web1、web2 停止后的状态码'),
    ).toBe(200)
    expect(after.body.length, say('its size', '它的大小')).toBe(before.body.length)
  },
)

test(
  say('a file with ?v= may be kept for a month or longer', '带 ?v= 的文件可以缓存一个月以上'),
  async () => {
    const { headers } = await lab.request('/public/style.css?v=1')
    const control = headers['cache-control'] ?? ''
    const maxAge = Number(/max-age=(\d+)/.exec(control)?.[1] ?? 0)
    expect(
      maxAge >= month,
      say(`Cache-Control is "${control}"`, `Cache-Control 是 “${control}”`),
    ).toBe(true)
    expect(control, 'Cache-Control').not.toMatch(/no-cache|no-store|private/)
  },
)

const outside = [
  '/public../server.ts',
  '/public/../server.ts',
  '/public/..%2fserver.ts',
  '/public/%2e%2e/server.ts',
  '/public//../server.ts',
  '/server.ts',
  '/app.ts',
]

test(say('no path leads out of the folder', '没有路径能走出这个文件夹'), async () => {
  const leaks: string[] = []
  for (const path of outside) {
    const { status, body } = await lab.request(path)
    if (status === 200 && body.includes('import ')) leaks.push(path)
  }
  expect(leaks, say('paths that give away the source of the forum', '泄露论坛源码的路径')).toEqual(
    [],
  )
})

test(say("the forum's own files are still the forum's", '论坛自己的文件仍然归论坛'), async () => {
  for (const path of ['/robots.txt', '/api/report.txt']) {
    const answer = await lab.request(path)
    expect(answer.status, say(`status of ${path}`, `${path} 的状态码`)).toBe(200)
    expect(
      answer.headers['x-served-by'] ?? '',
      say(`server of ${path}`, `回答 ${path} 的服务器`),
    ).toMatch(/^web/)
  }
})
