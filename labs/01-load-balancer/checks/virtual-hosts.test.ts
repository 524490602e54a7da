import { expect, test } from 'vitest'
import { lab, say } from '#labs/kit'

const at = (host: string, path = '/', port?: number) =>
  lab.request(path, { port, headers: { host } })
const status = () => say('status', '状态码')
const server = () => say('the web server that answered', '回答它的 Web 服务器')

test(say('teahouse.test is the forum', 'teahouse.test 是论坛'), async () => {
  const answer = await at('teahouse.test', '/whoami')
  expect(answer.status, status()).toBe(200)
  expect(answer.headers['x-served-by'] ?? '', server()).toMatch(/^web/)
})

test(
  say(
    'about.teahouse.test shows the pages in /srv/about',
    'about.teahouse.test 显示 /srv/about 里的页面',
  ),
  async () => {
    for (const host of ['about.teahouse.test', 'About.Teahouse.Test', 'about.teahouse.test:8080']) {
      const answer = await at(host)
      expect(answer.status, `${host}: ${status()}`).toBe(200)
      expect(answer.body, `${host}: ${say('the page', '页面')}`).toContain('About the Teahouse')
      expect(answer.headers['x-served-by'], `${host}: ${server()}`).toBeUndefined()
    }
  },
)

test(
  say(
    "port 8081 shows nginx's figures, under any name",
    '8081 端口显示 nginx 的统计，任何名字都行',
  ),
  async () => {
    for (const host of ['teahouse.test', 'about.teahouse.test', 'status.example']) {
      const answer = await at(host, '/', 8081)
      expect(answer.failure ?? answer.status, `${host}:8081`).toBe(200)
      expect(answer.body, `${host}:8081`).toContain('Active connections')
    }
  },
)

test(say('any other name gets the forum', '其他任何名字都进入论坛'), async () => {
  for (const host of ['127.0.0.1:8080', 'localhost', 'zz.example', 'teahouse.test.example']) {
    const answer = await at(host, '/whoami')
    expect(answer.headers['x-served-by'] ?? '', `${host}: ${server()}`).toMatch(/^web/)
  }
})
