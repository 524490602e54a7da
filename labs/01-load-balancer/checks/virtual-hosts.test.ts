import { expect, test } from 'vitest'
import { createDraw, lab, say, topics } from '#labs/kit'

const servers = ['web1', 'web2', 'web3']
const draw = createDraw(14)
const at = (host: string, path = '/', port?: number) =>
  lab.request(path, { port, headers: { host } })
const status = () => say('status', '状态码')

/** The web server that has answered, as it says in the page itself. */
function webServerIn(body: string): unknown {
  try {
    return (JSON.parse(body) as { server?: unknown }).server
  } catch {
    return undefined
  }
}

async function expectForum(host: string): Promise<void> {
  const answer = await at(host, '/whoami')
  expect(answer.status, `${host}: ${status()}`).toBe(200)
  const server = say('the web server that answered', '响应它的 Web 服务器')
  expect(webServerIn(answer.body), `${host}: ${server}`).toMatch(/^web/)
}

test(say('teahouse.test is the forum', 'teahouse.test 是论坛'), async () => {
  for (const host of ['teahouse.test', 'TeaHouse.Test', 'teahouse.test:8080'])
    await expectForum(host)
})

test(
  say(
    'about.teahouse.test shows the pages in /srv/about',
    'about.teahouse.test 显示 /srv/about 里的页面',
  ),
  async () => {
    const running = await lab.running(servers)
    const arrivals = await lab.arrivals({ servers: running, port: 3000 }, async () => {
      for (const host of ['about.teahouse.test', 'About.Teahouse.Test', 'about.teahouse.test:8080'])
        for (const path of ['/', '/index.html', `/?from=${draw.word()}`]) {
          const answer = await at(host, path)
          expect(answer.status, `${host}${path}: ${status()}`).toBe(200)
          const page = `${host}${path}: ${say('the page', '页面')}`
          expect(answer.body, page).toContain('About the Teahouse')
        }
      // What only the forum has is not there, however nginx says so.
      for (const path of ['/whoami', '/signin', draw.one(topics)])
        await at('about.teahouse.test', path)
    })
    const asked = say('requests that came to the forum instead', '却到了论坛的请求')
    expect(
      arrivals.map(({ path }) => path),
      asked,
    ).toEqual([])
  },
)

test(
  say(
    "port 8081 shows nginx's figures, under any name, and they are counted",
    '8081 端口显示 nginx 的统计，任何名字都行，数字是真的在数',
  ),
  async () => {
    const figures = async (host: string) => {
      const answer = await at(host, '/', 8081)
      expect(answer.failure ?? answer.status, `${host}:8081/`).toBe(200)
      expect(answer.body, `${host}:8081/`).toContain('Active connections')
      return Number(/^\s*\d+ \d+ (\d+)/m.exec(answer.body)?.[1])
    }
    let last = 0
    for (const host of ['teahouse.test', 'about.teahouse.test', `${draw.word()}.example`]) {
      await lab.requests(3, '/whoami')
      const requests = await figures(host)
      const counted = say('requests that nginx has counted', 'nginx 数到的请求数')
      expect(requests, `${host}:8081/: ${counted}`).toBeGreaterThanOrEqual(last + 4)
      last = requests
    }
  },
)

test(
  say(
    'any other name gets the forum, however much it looks like another',
    '其他任何名字都进入论坛，不管长得多像',
  ),
  async () => {
    const word = draw.word()
    const strange = [`${word}.example`, 'localhost', '127.0.0.1:8080', `${word}.test`]
    const alike = [
      `${word}.teahouse.test`,
      'forum.teahouse.test',
      `x${word}about.teahouse.test`,
      'www.about.teahouse.test',
      'about-teahouse.test',
      'aboutxteahouse.test',
      'about.teahouse.test.example',
      'about.teahouse.testing',
      'teahouse.test.example',
    ]
    for (const host of [...strange, ...alike]) await expectForum(host)
  },
)
