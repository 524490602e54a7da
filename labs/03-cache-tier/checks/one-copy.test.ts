import { beforeEach, expect, test } from 'vitest'
import { type Answer, lab, type LabRequest, say } from '#labs/kit'

const application = { servers: ['web1', 'web2'], port: 3000 }

beforeEach(() => lab.emptyCaches())

test(
  say('where a reader came from makes no new copy', '读者从哪里来，不会多出一份副本'),
  async () => {
    const page = '/topics/3'
    await oneCopy([
      page,
      `${page}?utm_source=weibo`,
      `${page}?utm_medium=social&utm_campaign=spring%20tea`,
      `${page}?fbclid=IwAR0x_-7`,
      `${page}?gclid=Cj0KCQ`,
      `${page}?utm_source=mail&gclid=7&fbclid=x`,
      page,
    ])
  },
)

test(say('which page a reader wants still counts', '读者要哪一页，仍然算数'), async () => {
  const [three, four] = ['/signin?next=/topics/3', '/signin?next=/topics/4']
  const ask = async (paths: readonly string[], next: string) => {
    for (const { body } of await oneCopy(paths))
      expect(
        /name="next" value="([^"]*)"/.exec(body)?.[1],
        say('where signing in will lead', '登录之后去哪里'),
      ).toBe(next)
  }
  const tracked = (page: string) => [
    page,
    page.replace('?', '?utm_source=mail&'),
    `${page}&fbclid=IwAR0`,
    page.replace('?', '?gclid=1&').concat('&utm_term=oolong'),
  ]
  await ask(tracked(three), '/topics/3')
  await ask(tracked(four), '/topics/4')
})

test(
  say(
    'cookies of others make no new copy, and no login does on a static file',
    '无关的 cookie 不会多出副本；静态文件上的登录 cookie 也不会',
  ),
  async () => {
    const strange = ['_ga=GA1.1.42.7', '_gid=9; theme=dark', 'consent=yes; _ga=GA1.1.99.1']
    for (const path of ['/topics/5', '/'])
      await oneCopy([...strange, undefined, strange[1]].map((cookie) => ({ path, cookie })))
    const login = 'teahouse_session=web1.0123456789abcdef'
    await oneCopy(
      [login, undefined, `${strange[0]}; ${login}`].map((cookie) => ({
        path: '/public/style.css',
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
    for (const path of ['/topics/5', '/'])
      for (const sent of [
        `_ga=GA1.1.42; ${cookie}; theme=dark`,
        `theme=dark;${cookie}`,
        `${cookie}`,
      ]) {
        const [answer] = (await send([path, { path, cookie: sent }, { path, cookie: sent }])).slice(
          -1,
        )
        expect(
          /class="you"[^>]*>([^<]*)</.exec(answer!.body)?.[1],
          say(`whom ${path} greets (Cookie: ${sent})`, `${path} 问候的人（Cookie: ${sent}）`),
        ).toBe(name)
      }
  },
)

const languages = {
  zh: ['zh-CN,zh;q=0.9,en;q=0.8', 'zh', 'zh-TW,zh;q=0.8,en-US;q=0.5,en;q=0.3', 'zh-CN'],
  en: ['en-US,en;q=0.9', 'en', 'en-GB,en;q=0.8,zh-CN;q=0.3'],
} as const

test(
  say('two languages, two copies, each for its readers', '两种语言两份副本，各归各的读者'),
  async () => {
    for (const path of ['/topics/6', '/']) {
      const asked = Object.entries(languages).flatMap(([language, ways]) =>
        ways.map((way) => ({ path, way, language })),
      )
      // In turns, so that the wrong copy would be at hand.
      asked.sort((a, b) => (asked.indexOf(a) % 3) - (asked.indexOf(b) % 3))
      const answers = await oneCopy(asked, 2)
      for (const [index, { way, language }] of asked.entries())
        expect(languageOf(answers[index]!), `${path}, Accept-Language: ${way}`).toBe(language)
    }
  },
)

test(
  say('through the edge, everybody reads their own language, too', '经过边缘节点，语言也不会弄错'),
  async () => {
    for (const language of ['zh', 'en', 'zh'] as const)
      for (const way of languages[language]) {
        const headers = { 'accept-language': way }
        const answer = await lab.request('/topics/7', { headers })
        expect(languageOf(answer), `Accept-Language: ${way}`).toBe(language)
      }
  },
)

test(say('one copy for all browsers', '所有浏览器共用一份'), async () => {
  const browsers = [
    'Mozilla/5.0 (X11; Linux) Firefox/140.0',
    'curl/8.14',
    'Mozilla/5.0 Chrome/142.0',
  ]
  await oneCopy(browsers.map((browser) => ({ path: '/topics/8', browser })))
})

interface Visit {
  readonly path: string
  readonly cookie?: string | undefined
  readonly way?: string
  readonly browser?: string
}

/** Asks Varnish itself, as different edges would: the edge before it would answer in its place. */
async function send(visits: readonly (Visit | string)[]): Promise<readonly Answer[]> {
  const requests = visits.map((visit): LabRequest => {
    const { path, cookie, way, browser } = typeof visit === 'string' ? { path: visit } : visit
    const headers = { cookie, 'accept-language': way, 'user-agent': browser }
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
  expect(bad, say('answers of Varnish that are not good', 'Varnish 不正常的回答')).toEqual([])
  const list = visits.map((visit) =>
    typeof visit === 'string' ? visit : Object.values(visit).join(' '),
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
