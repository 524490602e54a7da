import { afterEach, expect, test } from 'vitest'
import {
  aboutPages,
  as,
  createDraw,
  greetedBy,
  lab,
  membersOf,
  openTopics,
  removeTopics,
  say,
  topics,
} from '#labs/kit'

const log = { server: 'db', file: '/tmp/questions.log' }
const servers = ['web1', 'web2']
const draw = createDraw(41)

let made: readonly string[] = []
afterEach(() => removeTopics(lab, made))

/** What Teahouse asks its database for one page. */
const priceOf = (path: string) => (path === '/topics/404' ? 1 : path.startsWith('/topics/') ? 3 : 2)

test(
  say(
    'on a day of traffic, nine of ten questions never come to the database',
    '一天的流量里，十次查询有九次到不了数据库',
  ),
  async () => {
    const day = lab.recording('traffic/day.tsv').map((one) => ({ ...one, timeoutMs: 20_000 }))
    const price = day.reduce((sum, { path }) => sum + priceOf(path), 0)
    await lab.emptyCaches()
    const asked = await lab.questions(log, async () => {
      const answers = await lab.send(day, { concurrency: 16, bodies: false })
      expect(answers.failed, say('requests without a good answer', '没有正常响应的请求')).toEqual(
        [],
      )
    })
    expect(
      aboutPages(asked).length,
      say(`questions; without a cache they are ${price}`, `查询数；没有缓存时是 ${price}`),
    ).toBeLessThanOrEqual(price / 10)
  },
)

test(
  say('a page that was kept is the page that was loaded', '缓存里的页面和刚读出的页面一样'),
  async () => {
    // Nobody has replied to it yet: a moment may be missing.
    made = await openTopics(lab, 1, draw.word())
    for (const path of ['/', '/api/topics.json', ...made, ...draw.some(3, topics)]) {
      // Data and front page are kept under one name.
      await lab.emptyCaches()
      const [first, ...later] = [...servers, ...servers]
      const fresh = await lab.request(path, { to: first, port: 3000 })
      expect(fresh.status, path).toBe(200)
      for (const server of later) {
        const kept = await lab.request(path, { to: server, port: 3000 })
        expect(
          kept.status,
          say(`${path} once more, ${server}`, `再要一次 ${path}，${server}`),
        ).toBe(200)
        expect(moments(kept.body), say(`moments on ${path}`, `${path} 上的时间`)).toEqual(
          moments(fresh.body),
        )
        if (path.endsWith('.json')) expect(kept.body, path).toBe(fresh.body)
      }
    }
  },
)

test(
  say(
    'whoever is signed in is greeted by name, on both servers; a stranger is not',
    '登录的人在两台服务器上都叫得出名字，陌生人没有名字',
  ),
  async () => {
    const members = await membersOf(servers, (name) => lab.signIn(name))
    const second = await membersOf(servers, (name) => lab.signIn(`Other ${name}`))
    const all = [...members, ...second.map((one) => ({ ...one, name: `Other ${one.name}` }))]
    expect(members.length, say('servers that make logins', '能登录的服务器')).toBe(servers.length)
    for (const path of ['/', draw.one(topics)])
      for (const to of servers) {
        for (const { name, cookie } of all) {
          const answer = await lab.request(path, { ...as(cookie, { path }), to, port: 3000 })
          expect(greetedBy(answer), say(`greeted at ${to}`, `${to} 上的称呼`)).toBe(name)
        }
        const stranger = await lab.request(path, { to, port: 3000 })
        expect(greetedBy(stranger), say('a stranger', '陌生人')).toBeUndefined()
      }
    // Whom one of them is taken for depends on who comes in the same millisecond: so many try.
    const guests = Array.from({ length: 600 }, () => draw.one([...all, undefined]))
    const requests = guests.map((guest) => {
      const visit = { path: '/', to: draw.one(servers), port: 3000 }
      return guest ? as(guest.cookie, visit) : visit
    })
    const together = await lab.send(requests, { concurrency: 10 })
    expect(
      together.all.map(greetedBy),
      say('greeted when many come at once', '很多人同时来，各自的称呼'),
    ).toEqual(guests.map((guest) => guest?.name))
  },
)

const moments = (body: string) => [...body.matchAll(/datetime="([^"]+)"/g)].map(([, at]) => at)
