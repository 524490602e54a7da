import { beforeEach, expect, test } from 'vitest'
import { type Answer, createDraw, greetedBy, lab, type LabRequest, say, topics } from '#labs/kit'

const application = { servers: ['web1', 'web2'], port: 3000 }
const draw = createDraw(32)

beforeEach(() => lab.emptyCaches())

const names = [
  ...['source', 'medium', 'campaign', 'term', 'content', draw.word(4)].map((one) => `utm_${one}`),
  ...['fbclid', 'gclid'],
]

/** What others have hung on an address: one to three parameters, in any order. */
function tracking(): string {
  const value = () => `${draw.word(5)}${draw.one(['', '-_7', '%20tea', '.x'])}`
  const some = draw.some(draw.one([1, 2, 3]), names)
  return some.map((name) => `${name}=${value()}`).join('&')
}

test(
  say('where a reader came from makes no new copy', '读者从哪里来，不会多出一份副本'),
  async () => {
    const page = draw.one(topics)
    const each = names.map((name) => `${page}?${name}=${draw.word()}`)
    const together = Array.from({ length: 6 }, () => `${page}?${tracking()}`)
    const referred = Array.from({ length: 3 }, () => ({ path: page, referer: strangePlace() }))
    await oneCopy([page, ...each, ...together, ...referred, page])
  },
)

const strangePlace = () => `https://${draw.word()}.example/${draw.word()}`

test(say('which page a reader wants still counts', '读者要哪一页，仍然算数'), async () => {
  const ask = async (topic: string) => {
    const page = `/signin?next=${topic}`
    const paths = [
      page,
      page.replace('?', `?${tracking()}&`),
      `${page}&${tracking()}`,
      page.replace('?', `?gclid=${draw.word()}&`).concat('&utm_term=oolong'),
    ]
    for (const { body } of await oneCopy(paths))
      expect(
        /name="next" value="([^"]*)"/.exec(body)?.[1],
        say('where signing in will lead', '登录之后去哪里'),
      ).toBe(topic)
  }
  for (const topic of draw.some(3, topics)) await ask(topic)
})

/** Cookies that have nothing to do with the forum. */
const strange = (): string =>
  draw.one([
    `_ga=GA1.1.${draw.word()}.7`,
    `_gid=${draw.word()}; theme=dark`,
    `consent=yes; _ga=GA1.1.99.${draw.word()}`,
    `${draw.word()}=${draw.word()}`,
  ])

test(
  say(
    'cookies of others make no new copy, and no login does on a static file',
    '无关的 cookie 不会多出副本；静态文件上的登录 cookie 也不会',
  ),
  async () => {
    for (const path of ['/', ...draw.some(2, topics)]) {
      const cookies = [...Array.from({ length: 4 }, strange), undefined, strange()]
      await oneCopy(cookies.map((cookie) => ({ path, cookie })))
    }
    const login = `teahouse_session=web1.${draw.word(16)}`
    for (const file of ['style.css', 'logo.svg'])
      await oneCopy(
        [login, undefined, `${strange()}; ${login}`].map((cookie) => ({
          path: `/public/${file}?v=0`,
          cookie,
        })),
      )
  },
)

test(
  say('a login among other cookies still counts', '混在别的 cookie 里的登录，仍然算数'),
  async () => {
    const name = 'Lu Yu'
    const cookie = await lab.signIn(name)
    for (const path of [draw.one(topics), '/'])
      for (const sent of [
        `${strange()}; ${cookie}; theme=dark`,
        `theme=dark; ${cookie}`,
        `${cookie}`,
      ]) {
        const [answer] = (await send([path, { path, cookie: sent }, { path, cookie: sent }])).slice(
          -1,
        )
        expect(
          greetedBy(answer!),
          say(`whom ${path} greets (Cookie: ${sent})`, `${path} 问候的人（Cookie: ${sent}）`),
        ).toBe(name)
      }
  },
)

const languages = {
  zh: [
    'zh-CN,zh;q=0.9,en;q=0.8',
    'zh',
    'zh-TW,zh;q=0.8,en-US;q=0.5,en;q=0.3',
    'zh-CN',
    'zh-Hans-CN,zh-Hans;q=0.9',
    'zh-HK,zh;q=0.7',
  ],
  en: [
    'en-US,en;q=0.9',
    'en',
    'en-GB,en;q=0.8,zh-CN;q=0.3',
    'en-AU,en;q=0.7',
    'en-IN,hi;q=0.5',
    'en,de;q=0.4',
  ],
} as const

test(
  say('two languages, two copies, each for its readers', '两种语言两份副本，各归各的读者'),
  async () => {
    for (const path of [draw.one(topics), '/']) {
      const asked = Object.entries(languages).flatMap(([language, ways]) =>
        draw.some(4, ways).map((way) => ({ path, way, language })),
      )
      // Shuffled, so that the wrong copy would be at hand.
      const turns = draw.some(Infinity, asked)
      const answers = await oneCopy(turns, 2)
      for (const [index, { way, language }] of turns.entries())
        expect(languageOf(answers[index]!), `${path}, Accept-Language: ${way}`).toBe(language)
    }
  },
)

test(
  say('through the edge, everybody reads their own language, too', '经过边缘节点，语言也不会弄错'),
  async () => {
    const path = draw.one(topics)
    const asked = Object.entries(languages).flatMap(([language, ways]) =>
      ways.map((way) => ({ way, language })),
    )
    for (const { way, language } of draw.some(Infinity, asked)) {
      const answer = await lab.request(path, { headers: { 'accept-language': way } })
      expect(languageOf(answer), `Accept-Language: ${way}`).toBe(language)
    }
  },
)

test(say('one copy for all browsers', '所有浏览器共用一份'), async () => {
  const browsers = [
    'Mozilla/5.0 (X11; Linux) Firefox/140.0',
    'curl/8.14',
    'Mozilla/5.0 Chrome/142.0',
    `${draw.word()}/1.0`,
  ]
  const accepts = ['text/html,*/*;q=0.8', '*/*', 'text/html', undefined]
  const path = draw.one(topics)
  await oneCopy(browsers.map((browser, at) => ({ path, browser, accept: accepts[at] })))
})

interface Visit {
  readonly path: string
  readonly cookie?: string | undefined
  readonly way?: string
  readonly browser?: string
  readonly referer?: string
  readonly accept?: string | undefined
}

/** Asks Varnish itself, as different edges would: the edge before it would answer in its place. */
async function send(visits: readonly (Visit | string)[]): Promise<readonly Answer[]> {
  const requests = visits.map((visit): LabRequest => {
    const { path, cookie, way, browser, referer, accept }: Visit =
      typeof visit === 'string' ? { path: visit } : visit
    const headers = {
      ...{ cookie, accept, referer },
      'accept-language': way,
      'user-agent': browser,
    }
    const sent = Object.entries(headers).flatMap(([name, value]) => (value ? [[name, value]] : []))
    return { to: 'varnish', path, headers: Object.fromEntries(sent) as Record<string, string> }
  })
  return (await lab.send(requests)).all
}

async function oneCopy(
  visits: readonly (Visit | string)[],
  copies = 1,
): Promise<readonly Answer[]> {
  let answers: readonly Answer[] = []
  const arrivals = await lab.arrivals(application, async () => {
    answers = await send(visits)
  })
  const bad = answers
    .map(({ status, failure }) => failure ?? status)
    .filter((found) => found !== 200)
  expect(bad, say('answers of Varnish that are not good', 'Varnish 不正常的响应')).toEqual([])
  const list = visits.map((visit) =>
    typeof visit === 'string' ? visit : Object.values(visit).filter(Boolean).join(' '),
  )
  expect(
    arrivals.length,
    say(
      `requests that Varnish passed on to the application, of: ${list.join(' · ')}`,
      `Varnish 转给应用的请求数，共发出：${list.join(' · ')}`,
    ),
  ).toBeLessThanOrEqual(copies)
  return answers
}

const languageOf = ({ body }: Answer) => /<html lang="(\w+)"/.exec(body)?.[1]
