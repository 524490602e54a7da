import { beforeEach, expect, test } from 'vitest'
import {
  type Answer,
  createDraw,
  form,
  greetedBy,
  lab,
  type LabRequest,
  ownLifetime,
  say,
  sharedLifetime,
  topics,
} from '#labs/kit'

const application = { servers: ['web1', 'web2'], port: 3000 }
const atWeb1 = { to: 'web1', port: 3000 }
const draw = createDraw(31)
const [one = '', two = '', three = '', four = ''] = draw.some(4, topics)
const forEverybody = ['/', '/signin', one, two]

beforeEach(() => lab.emptyCaches())

test(
  say('a page for everybody is asked of the application once', '给所有人看的页面，只问应用一次'),
  async () => {
    const arrivals = await lab.arrivals(application, async () => {
      for (const path of forEverybody) {
        const answers = await lab.requests(4, path)
        expect(answers.statuses(), say(`answers to ${path}`, `${path} 的响应`)).toEqual({ 200: 4 })
      }
    })
    for (const path of forEverybody)
      expect(
        arrivals.filter((arrival) => arrival.path === path).length,
        say(`of 4 requests for ${path}, those that reached it`, `${path} 的 4 个请求里到达应用的`),
      ).toBeLessThanOrEqual(1)
  },
)

test(say('a copy of it is good for 2 to 5 seconds', '它的副本可以用 2 到 5 秒'), async () => {
  for (const path of ['/', ...draw.some(4, topics)]) {
    const answer = await lab.request(path, atWeb1)
    const said = `${path}: Cache-Control: ${answer.headers['cache-control'] ?? '-'}`
    const lifetime = sharedLifetime(answer)
    const shared = `${said} (${say('seconds, shared', '秒，共享缓存')})`
    expect(lifetime, shared).toBeGreaterThanOrEqual(2)
    expect(lifetime, shared).toBeLessThanOrEqual(5)
    // Nobody can throw a copy away that lies in a browser.
    expect(
      ownLifetime(answer),
      `${said} (${say('seconds, browser', '秒，浏览器')})`,
    ).toBeLessThanOrEqual(5)
  }
})

test(
  say(
    'when that time is over, a new one is fetched, at Varnish and at the edge',
    '时间一到，Varnish 和边缘都会去取新的',
  ),
  async () => {
    const asked: LabRequest[] = [
      ...['/', one, two].map((path) => ({ path })),
      ...['/signin', three, four].map((path) => ({ path, to: 'varnish' })),
    ]
    const kept = (await lab.send(asked)).all
    const lifetime = Math.min(5, Math.max(...kept.map(sharedLifetime)))
    await lab.untilPast(lifetime)
    const arrivals = await lab.arrivals(application, async () => {
      // The first to ask may be given the old copy, while the new one is on its way.
      await lab.send(asked)
      await lab.untilPast(0)
      await lab.send(asked)
    })
    const stuck = asked
      .filter(({ path }) => !arrivals.some((arrival) => arrival.path === path))
      .map(({ path, to = 'edge' }) => `${path} (${to})`)
    expect(
      stuck,
      say(
        `pages of which the copy is given on, though its ${lifetime} s are long over`,
        `${lifetime} 秒早已过去，却还在给旧副本的页面`,
      ),
    ).toEqual([])
  },
)

const members = ['Lu Yu', 'Sen no Rikyu']

test(
  say(
    'whoever is signed in gets a page of their own, which nobody else sees',
    '登录的人看到自己的页面，别人看不到',
  ),
  async () => {
    const [page = '', other = ''] = draw.some(2, topics)
    for (const [path, name] of [
      [page, members[0]!],
      [page, members[1]!],
      ['/', members[0]!],
      [other, members[1]!],
    ] as const) {
      const cookie = await signIn(name)
      const sent = draw.one([cookie, `_ga=GA1.1.7; ${cookie}`, `${cookie}; theme=${draw.word()}`])
      await judgePages(path, name, { cookie: sent })
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
    for (const path of [draw.one(topics), '/'])
      await judgePages(path, name, {
        authorization: `Bearer ${/^teahouse_session=([^;]*)/.exec(cookie)?.[1]}`,
      })
  },
)

test(
  say(
    'an answer for one person may be kept nowhere, not even in the browser',
    '给一个人的响应，哪里都不能留，浏览器里也不行',
  ),
  async () => {
    const cookie = await signIn(members[0]!)
    const answers: readonly LabRequest[] = [
      ...['/', draw.one(topics), '/me', '/whoami'].map((path) => ({ path, headers: { cookie } })),
      { path: '/cup' },
      // It tells a visitor's own address.
      { path: '/whoami' },
      { path: '/signin', method: 'POST', headers: form, body: 'name=Lu+Yu' },
    ]
    for (const visit of answers) {
      const [answer] = (await lab.send([{ ...visit, ...atWeb1 }])).all
      expectNotKept(answer!, `${visit.method ?? 'GET'} ${visit.path}`)
    }
  },
)

test(
  say(
    'every visitor is told their own address at /whoami',
    '在 /whoami，每个访客看到的是自己的地址',
  ),
  async () => {
    const arrivals = await lab.arrivals(application, () => lab.requests(3, '/whoami'))
    const reached = say(
      'of 3 requests for /whoami, those that reached the application',
      '3 个 /whoami 请求里到达应用的',
    )
    const own = arrivals.filter(({ path }) => path === '/whoami')
    expect(own.length, reached).toBe(3)
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
  const [own] = (await lab.send([{ path, ...atWeb1, headers }])).all
  expectNotKept(own!, say(`${path} of ${name}`, `${name} 的 ${path}`))
}

function expectNotKept(answer: Answer, name: string): void {
  const control = answer.headers['cache-control'] ?? '-'
  for (const [seconds, where] of [
    [sharedLifetime(answer), say('a shared cache', '共享缓存')],
    [ownLifetime(answer), say('a browser', '浏览器')],
  ] as const)
    expect(
      seconds,
      say(
        `seconds that ${where} may keep ${name}: Cache-Control: ${control}`,
        `${where}可以保存 ${name} 的秒数：Cache-Control: ${control}`,
      ),
    ).toBe(0)
  // `private` alone, or `no-cache`, lets a browser keep it: RFC 9111, sections 5.2.2.4, 5.2.2.5 and 5.2.2.7.
  const forbidden = say(
    `what forbids a browser to keep ${name}: Cache-Control`,
    `禁止浏览器保存 ${name} 的：Cache-Control`,
  )
  expect(control, forbidden).toMatch(/(?:^|[\s,])no-store(?:$|[\s,;])/i)
}
