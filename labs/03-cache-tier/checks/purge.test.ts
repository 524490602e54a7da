import { setTimeout as pause } from 'node:timers/promises'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import {
  type Arrival,
  createDraw,
  forgedEverywhere,
  forgeNotice,
  form,
  lab,
  type LabRequest,
  type Notice,
  openTopics,
  pictureForm,
  reloads,
  removeTopics,
  say,
  sharedLifetime,
  topics,
} from '#labs/kit'

const application = { servers: ['web1', 'web2'], port: 3000 }
const origin = { servers: ['nginx'], port: 80 }
const member = 'Old Chen'
const draw = createDraw(34)
const bothLanguages = ['zh-CN,zh;q=0.9', 'en-US,en;q=0.9'].map((way) => ({
  'accept-language': way,
}))

beforeEach(() => lab.emptyCaches())

/** The same pages as Varnish has them. */
const atVarnish = (pages: readonly LabRequest[]) =>
  pages.map((page): LabRequest => ({ ...page, to: 'varnish' }))

const inBoth = (paths: readonly string[]): LabRequest[] =>
  paths.flatMap((path) => bothLanguages.map((headers) => ({ path, headers })))

test(
  say(
    'a reply is on the page at once at Varnish, and within 3 s at the edge, in both languages',
    '有了回复，Varnish 上立刻看得到，边缘 3 秒内看得到，两种语言都是',
  ),
  async () => {
    const cookie = await lab.signIn(member)
    const topic = draw.one(topics)
    const pages = inBoth([topic])
    await lab.send([...pages, ...atVarnish(pages)])
    const text = await reply(topic, cookie)
    for (const page of atVarnish(pages)) {
      const [answer] = (await lab.send([page])).all
      expect(answer!.body.includes(text), stands('Varnish', page)).toBe(true)
    }
    await pause(untilEdge)
    for (const page of pages) {
      const [answer] = (await lab.send([page])).all
      expect(answer!.body.includes(text), stands(say('the edge', '边缘'), page)).toBe(true)
    }
  },
)

/** Milliseconds in which nobody asks the edge: who asks would have it look for what is new. */
const untilEdge = 3000

const stands = (where: string, { path, headers }: LabRequest) => {
  const language = headers?.['accept-language']
  return say(
    `the reply stands on the page ${path} of ${where} (${language})`,
    `${where}的 ${path} 上有这条回复（${language}）`,
  )
}

test(
  say(
    'the front page counts the reply, and so does /api/topics.json',
    '首页和 /api/topics.json 也算上了这条回复',
  ),
  async () => {
    const cookie = await lab.signIn(member)
    const listed = [...(await lab.request('/')).body.matchAll(/href="(\/topics\/\d+)"/g)]
    const topic = draw.one(listed.slice(0, 8).map(([, path = '']) => path))
    const places = inBoth(['/', '/api/topics.json'])
    const before: number[] = []
    for (const page of atVarnish(places)) before.push(await countOf(topic, page))
    for (const page of places) await countOf(topic, page)
    await reply(topic, cookie)
    const said = ({ path, headers }: LabRequest, where: string) =>
      `${say(`replies to ${topic} at ${path}`, `${path} 上 ${topic} 的回复数`)} (${where}, ${headers?.['accept-language']})`
    for (const [index, page] of atVarnish(places).entries())
      expect(await countOf(topic, page), said(page, 'Varnish')).toBeGreaterThan(before[index]!)
    await pause(untilEdge)
    for (const [index, page] of places.entries())
      expect(await countOf(topic, page), said(page, 'edge')).toBeGreaterThan(before[index]!)
  },
)

/** NaN where it is not to be seen. */
async function countOf(topic: string, page: LabRequest): Promise<number> {
  const [answer] = (await lab.send([page])).all
  const { body = '' } = answer!
  if (page.path === '/')
    return Number(/<b>(\d+)<\/b>/.exec(body.split(`href="${topic}"`)[1] ?? '')?.[1])
  const id = topic.split('/').at(-1)
  return Number(new RegExp(`"id":${id},[^{}]*?"replies":(\\d+)`).exec(body)?.[1])
}

test(say('and nothing else is thrown away', '别的页面没有被丢掉'), async () => {
  const cookie = await lab.signIn(member)
  const [topic = '', ...others] = draw.some(4, topics)
  const pages = atVarnish(inBoth([...others, '/signin']))
  await lab.send(pages, { concurrency: 4 })
  const arrivals = await lab.arrivals(application, async () => {
    await reply(topic, cookie)
    await lab.send(pages, { concurrency: 4 })
  })
  expect(fetchedAgain(arrivals, pages), needlessly()).toEqual([])
})

test(
  say(
    'a member has a new picture: all topics show it, and only they are fetched again',
    '有人换了头像：所有话题页都换上，只有它们被重新取',
  ),
  async () => {
    const cookie = await lab.signIn(member)
    // One of them is new: nobody has a list of all topics.
    const [made = ''] = await openTopics(lab, 1, draw.word())
    onTestFinished(() => removeTopics(lab, [made]))
    const shows = [...draw.some(2, topics), made]
    for (const topic of shows) await reply(topic, cookie)
    const faces = shows.map((path): LabRequest => ({ path, to: 'varnish' }))
    const others = atVarnish(inBoth(['/signin', '/', '/api/topics.json']))
    await lab.send([...faces, ...others], { concurrency: 4 })
    let shown: string[] = []
    const arrivals = await lab.arrivals(application, async () => {
      const version = await hangUp(cookie)
      const answers = (await lab.send([...faces, ...others], { concurrency: 4 })).all
      shown = shows.filter((_, index) => answers[index]!.body.includes(version))
    })
    expect(shown, say('topics that show the new picture', '换上新头像的话题页')).toEqual(shows)
    expect(fetchedAgain(arrivals, others), needlessly()).toEqual([])
  },
)

const fetchedAgain = (arrivals: readonly Arrival[], pages: readonly LabRequest[]) => {
  const paths = [...new Set(pages.map(({ path }) => path))]
  return paths.filter((path) => fetched(arrivals, path) > 0)
}

const needlessly = () =>
  say('pages that have not changed, and were fetched again', '没有变、却被重新取了的页面')

/** Machines of the house: a request may say that it comes from them. */
const insiders = [lab.address(11), lab.address(12), '127.0.0.1']
const methods = ['PURGE', 'BAN', ...draw.some(2, ['DELETE', 'REFRESH', 'FLUSH', 'INVALIDATE'])]
const doors = ['edge', 'nginx', 'varnish'] as const

test(
  say(
    'a stranger cannot throw anything away, by no door, whoever he says he is',
    '陌生人从哪扇门都丢不掉任何东西，不管他自称是谁',
  ),
  async () => {
    const path = draw.one(topics)
    const headers = [{}, ...insiders.map((address) => forgedEverywhere(address))]
    const orders = methods.flatMap((method) => headers.map((sent) => ({ method, headers: sent })))
    await expectKept(
      path,
      doors.flatMap((to) => orders.map((order): LabRequest => ({ ...order, to, path }))),
      say('PURGE and the like, with forged addresses', 'PURGE 之类，带着伪造的地址'),
    )
    const notices = await noticesFor(path)
    const elsewhere = notices
      .filter(({ request }) => request.method !== 'GET')
      .flatMap(({ request }) => doors.map((to) => ({ ...request, to })))
    await expectKept(
      path,
      [...elsewhere, ...notices.map(({ request }) => request)],
      say(
        'your own notices, with other words in the place of secrets',
        '你自己的通知，密语换成了别的词',
      ),
    )
    await expectKept(
      path,
      (['nginx', 'varnish'] as const).flatMap((to) =>
        wishes().map((sent): LabRequest => ({ path, to, headers: sent })),
      ),
      say('GET with headers that ask for a fresh copy', '要求新副本的 GET'),
    )
  },
)

/** Whatever he may ask for in order to get a fresh copy. */
const wishes = () => [...reloads(draw), forgedEverywhere(draw.one(insiders))]

/**
 * Whatever the tries: a page that Varnish has is still there afterwards, in both languages. A copy that
 * has lived its time is fetched anew by itself: where the tries took so long, they are done again.
 */
async function expectKept(path: string, tries: readonly LabRequest[], what: string): Promise<void> {
  const page = atVarnish(inBoth([path]))
  const patient = tries.map((one) => ({ timeoutMs: 2000, ...one }))
  for (let turn = 1; ; turn++) {
    await lab.emptyCaches()
    const started = performance.now()
    const [first] = (await lab.send(page)).all
    const arrivals = await lab.arrivals(application, async () => {
      await lab.send(patient, { concurrency: 24, bodies: false })
      await lab.send(page)
    })
    const seconds = (performance.now() - started) / 1000
    const lives = Math.floor(seconds / Math.max(2, sharedLifetime(first!)))
    if (lives > 0 && turn < 3) continue
    expect(
      fetched(arrivals, path),
      say(
        `times that ${path} was fetched again from the application, after ${what}`,
        `${path} 被重新向应用取的次数，之前发了：${what}`,
      ),
    ).toBeLessThanOrEqual(page.length * lives)
    return
  }
}

test(
  say(
    'nor can he make the edge cross the distance again and again',
    '也不能让边缘一次又一次走远路',
  ),
  async () => {
    const path = draw.one(topics)
    const asked = ['nocache', 'refresh', 'purge', 'no-cache', 'bypass', 'update']
    const tries: LabRequest[] = [
      ...wishes().map((headers, at) => ({ path: topics[at % topics.length]!, headers })),
      ...asked.map((name) => ({ path: `${path}?${name}=${draw.one(['1', 'true', draw.word()])}` })),
    ]
    // An address that is new is fetched once; copies may live for a second.
    const crossings = await crossed(tries)
    for (const { path: one, headers = {} } of tries) {
      const words = Object.entries(headers).slice(0, 2).flat().join(' ')
      expect(
        fetched(crossings, one),
        say(
          `times that a stranger's GET ${one} ${words} made the edge fetch, of ${often}`,
          `陌生人的 ${often} 个 GET ${one} ${words} 里，让边缘重新去取的次数`,
        ),
      ).toBeLessThanOrEqual(often / 2)
    }
    const atEdge = (await noticesFor(path)).filter(({ request }) => request.to === 'edge')
    for (const { request, isSecret } of atEdge.slice(0, 3)) {
      const gets = (await crossed([request])).filter(({ method }) => method === 'GET')
      const known = isSecret
        ? say('not knowing the secret', '他不知道密语')
        : say(
            'and no word in it is a secret: that takes twelve letters or more',
            '里面没有一个词算密语：至少要十二个字符',
          )
      expect(
        gets.length,
        say(
          `times that a stranger's ${request.method} ${request.path} made the edge fetch, of ${often}, ${known}`,
          `陌生人的 ${often} 个 ${request.method} ${request.path} 里，让边缘重新去取的次数，${known}`,
        ),
      ).toBeLessThanOrEqual(often / 2)
    }
  },
)

const often = 6

/** What came across the distance while each of these was sent six times, one kind beside the other. */
const crossed = (tries: readonly LabRequest[]): Promise<Arrival[]> =>
  lab.arrivals(origin, async () => {
    for (let time = 0; time < often; time++)
      await lab.send(tries, { concurrency: tries.length, bodies: false })
  })

const fetched = (arrivals: readonly Arrival[], path: string) =>
  arrivals.filter((one) => one.path === path && one.method === 'GET').length

/** Returns words that stand nowhere else. */
async function reply(topic: string, cookie = ''): Promise<string> {
  const text = `steeped-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`
  const headers = { ...form, cookie }
  const answer = await lab.request(`${topic}/replies`, {
    method: 'POST',
    headers,
    body: `body=${text}`,
  })
  expect(answer.status, say('status after sending a reply', '发送回复后的状态码')).toBe(303)
  return text
}

/** Uploads a picture that nobody has seen. Returns its address. */
async function hangUp(cookie = ''): Promise<string> {
  const before = await lab.request('/me', { headers: { cookie } })
  const { headers, body } = pictureForm(`${Date.now()}`)
  const sent = { method: 'POST', headers: { ...headers, cookie }, body }
  const answer = await lab.request('/me/avatar', sent)
  expect(answer.status, say('status after the upload', '上传后的状态码')).toBe(303)
  const picture = (page: string) => /\/avatars\/[^"]*\?v=[^"]*/.exec(page)?.[0] ?? ''
  const address = picture((await lab.request('/me', { headers: { cookie } })).body)
  expect(address, say('the address of the new picture', '新头像的地址')).not.toBe(
    picture(before.body),
  )
  return address
}

/** What Teahouse would send for a reply to this topic and for a picture, as a stranger would forge it. */
async function noticesFor(topic: string) {
  const script = `const { noticesOf } = await import('/lab/app/cache-policy.ts')
    const changes = [{ kind: 'reply', topic: ${topic.split('/').at(-1)} }, { kind: 'picture', user: 'x' }]
    console.log(JSON.stringify(changes.flatMap((change) => noticesOf(change).flat())))`
  const { stdout } = await lab.exec('web1', ['node', '--input-type=module', '--eval', script])
  return (JSON.parse(stdout || '[]') as Notice[]).map(forgeNotice)
}
