import { beforeEach, expect, test } from 'vitest'
import { type Answer, lab, ownLifetime, say, sharedLifetime } from '#labs/kit'

const application = { servers: ['web1', 'web2'], port: 3000 }
const atWeb1 = { to: 'web1', port: 3000 }

beforeEach(() => lab.emptyCaches())

test(
  say('a page for everybody is asked of the application once', '给所有人看的页面，只问应用一次'),
  async () => {
    for (const path of ['/', '/topics/1']) {
      const arrivals = await lab.arrivals(application, async () => {
        const answers = await lab.requests(4, path)
        expect(answers.statuses(), say(`answers to ${path}`, `${path} 的回答`)).toEqual({ 200: 4 })
      })
      expect(
        arrivals.length,
        say(`of 4 requests for ${path}, those that reached it`, `${path} 的 4 个请求里到达应用的`),
      ).toBeLessThanOrEqual(1)
    }
  },
)

test(say('a copy of it is good for 2 to 5 seconds', '它的副本可以用 2 到 5 秒'), async () => {
  for (const path of ['/', '/topics/1', '/topics/2']) {
    const answer = await lab.request(path, atWeb1)
    const said = `${path}: Cache-Control: ${answer.headers['cache-control'] ?? '-'}`
    const lifetime = sharedLifetime(answer)
    expect(lifetime, `${said} (${say('seconds, shared', '秒，共享缓存')})`).toBeGreaterThanOrEqual(
      2,
    )
    expect(lifetime, `${said} (${say('seconds, shared', '秒，共享缓存')})`).toBeLessThanOrEqual(5)
    // Nobody can throw a copy away that lies in a browser.
    expect(
      ownLifetime(answer),
      `${said} (${say('seconds, browser', '秒，浏览器')})`,
    ).toBeLessThanOrEqual(5)
  }
})

const members = ['Lu Yu', 'Sen no Rikyu']

test(
  say(
    'whoever is signed in gets a page of their own, which nobody else sees',
    '登录的人看到自己的页面，别人看不到',
  ),
  async () => {
    for (const [path, name] of [
      ['/topics/2', members[0]!],
      ['/topics/2', members[1]!],
    ] as const) {
      const cookie = await signIn(name)
      await judgePages(path, name, { cookie: `_ga=GA1.1.7; ${cookie}` })
    }
  },
)

test(
  say(
    'a program that shows its key in Authorization gets a page of its own, too',
    '用 Authorization 出示钥匙的程序，也看到自己的页面',
  ),
  async () => {
    const [name = ''] = members
    const cookie = await signIn(name)
    await judgePages('/topics/3', name, { authorization: `Bearer ${cookie.split('=')[1]}` })
  },
)

test(
  say('every visitor gets a cup of their own at /cup', '在 /cup，每个访客都有自己的杯子'),
  async () => {
    const answers = (await lab.requests(3, '/cup')).all
    const cups = answers.map(({ body }) => /id="cup">(\w+)</.exec(body)?.[1])
    expect(new Set(cups).size, say('different cups for 3 visitors', '3 位访客拿到的不同杯子')).toBe(
      3,
    )
    for (const [index, { cookies }] of answers.entries()) {
      const cookie = cookies.join().split(';')[0] ?? ''
      expect(cookie, say('the cookie that came with it', '随之而来的 cookie')).toContain(
        cups[index]!,
      )
      const again = await lab.request('/cup', { headers: { cookie } })
      expect(again.body, say('the cup on the next visit', '下次来时的杯子')).toContain(cups[index]!)
    }
  },
)

async function signIn(name: string): Promise<string> {
  const cookie = await lab.signIn(name)
  expect(cookie, say('the cookie after signing in', '登录后的 cookie')).toBeDefined()
  return cookie!
}

/** Before and after strangers have asked for the same page. */
async function judgePages(path: string, name: string, headers: Record<string, string>) {
  const asked = say('asked by', '请求者')
  const stranger = say('a stranger', '陌生人')
  const steps: [who: string, headers: Record<string, string>, greeted: string | undefined][] = [
    [name, headers, name],
    [stranger, {}, undefined],
    [stranger, {}, undefined],
    [name, headers, name],
  ]
  for (const [who, sent, greeted] of steps) {
    const answer = await lab.request(path, { headers: sent })
    expect(answer.status, `${path}, ${asked} ${who}`).toBe(200)
    expect(
      greetedBy(answer),
      say(`whom ${path} greets, ${asked} ${who}`, `${path} 问候的人，${asked} ${who}`),
    ).toBe(greeted)
  }
  const own = await lab.request(path, { ...atWeb1, headers: { host: 'teahouse.test', ...headers } })
  expect(
    sharedLifetime(own),
    say(
      `seconds that a shared cache may keep the page of ${name}: Cache-Control: ${own.headers['cache-control']}`,
      `共享缓存可以保存 ${name} 的页面的秒数：Cache-Control: ${own.headers['cache-control']}`,
    ),
  ).toBe(0)
}

const greetedBy = ({ body }: Answer) => /class="you"[^>]*>([^<]*)</.exec(body)?.[1]
