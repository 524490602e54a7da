import { beforeEach, expect, test } from 'vitest'
import { type Arrival, lab, type LabRequest, say } from '#labs/kit'

const application = { servers: ['web1', 'web2'], port: 3000 }
const origin = { servers: ['nginx'], port: 80 }
const member = 'Old Chen'
const form = { 'content-type': 'application/x-www-form-urlencoded' }

beforeEach(() => lab.emptyCaches())

test(
  say(
    'a reply is on the page at once at Varnish, and within 3 s at the edge, in both languages',
    '有了回复，Varnish 上立刻看得到，边缘 3 秒内看得到，两种语言都是',
  ),
  async () => {
    const cookie = await lab.signIn(member)
    const pages = ['zh-CN,zh;q=0.9', 'en-US,en;q=0.9'].map((language) => ({
      path: '/topics/1',
      headers: { 'accept-language': language },
    }))
    await lab.send(pages.flatMap((page) => [page, { ...page, to: 'varnish' }]))
    const text = await reply('/topics/1', cookie)
    for (const page of pages) {
      const language = page.headers['accept-language']
      const [atVarnish] = (await lab.send([{ ...page, to: 'varnish' }])).all
      expect(
        atVarnish!.body.includes(text),
        say(
          `the reply stands on Varnish's page (${language})`,
          `Varnish 的页面上有这条回复（${language}）`,
        ),
      ).toBe(true)
    }
    for (const page of pages)
      await expect
        .poll(async () => (await lab.send([page])).all[0]!.body.includes(text), {
          timeout: 3000,
          interval: 100,
          message: say(
            `the reply stands on the edge's page (${page.headers['accept-language']})`,
            `边缘的页面上有这条回复（${page.headers['accept-language']}）`,
          ),
        })
        .toBe(true)
  },
)

test(say('the front page counts the reply, too', '首页也算上了这条回复'), async () => {
  const cookie = await lab.signIn(member)
  const busiest = /href="(\/topics\/\d+)"/.exec((await lab.request('/')).body)?.[1] ?? '/topics/1'
  const count = async (to?: string) => {
    const [answer] = (await lab.send([{ path: '/', to }])).all
    const row = answer!.body.split(`href="${busiest}"`)[1] ?? ''
    return Number(/<b>(\d+)<\/b>/.exec(row)?.[1])
  }
  const before = await count('varnish')
  await reply(busiest, cookie)
  const said = say(`replies to ${busiest} on the front page`, `首页上 ${busiest} 的回复数`)
  expect(await count('varnish'), `${said} (Varnish)`).toBeGreaterThan(before)
  await expect
    .poll(() => count(), { timeout: 3000, interval: 100, message: `${said} (edge)` })
    .toBeGreaterThan(before)
})

test(say('and nothing else is thrown away', '别的页面没有被丢掉'), async () => {
  const cookie = await lab.signIn(member)
  const other: LabRequest = { path: '/topics/13', to: 'varnish' }
  const arrivals = await lab.arrivals(application, async () => {
    await lab.send([other])
    await reply('/topics/1', cookie)
    await lab.send([other])
  })
  expect(fetched(arrivals, other.path), asked(other.path)).toBe(1)
})

test(
  say(
    'a member has a new picture: all topics show it, and only they are fetched again',
    '有人换了头像：所有话题页都换上，只有它们被重新取',
  ),
  async () => {
    const cookie = await lab.signIn(member)
    const topics = ['/topics/12', '/topics/14']
    for (const topic of topics) await reply(topic, cookie)
    const all = [...topics, '/signin'].map((path): LabRequest => ({ path, to: 'varnish' }))
    let shown: string[] = []
    const arrivals = await lab.arrivals(application, async () => {
      await lab.send(all)
      const version = await hangUp(cookie)
      const answers = (await lab.send(all)).all
      shown = topics.filter((_, index) => answers[index]!.body.includes(version))
    })
    expect(shown, say('topics that show the new picture', '换上新头像的话题页')).toEqual(topics)
    expect(fetched(arrivals, '/signin'), asked('/signin')).toBe(1)
  },
)

test(
  say('a stranger cannot throw anything away, by no door', '陌生人从哪扇门都丢不掉任何东西'),
  async () => {
    const path = '/topics/11'
    const notices = await noticesFor(path)
    const tries: LabRequest[] = ['edge', 'nginx', 'varnish'].flatMap((to) => [
      ...['PURGE', 'BAN'].map((method) => ({ to, method, path, timeoutMs: 2000 })),
      ...notices.filter((one) => one.method !== 'GET').map((one) => ({ ...one, to })),
    ])
    // In both languages: what a stranger sends may be the first request for one of them.
    const page = ['en', 'zh'].map((language): LabRequest => {
      return { path, to: 'varnish', headers: { 'accept-language': language } }
    })
    // One copy or two: whether the languages are kept apart is another task.
    const kept = await lab.arrivals(application, () => lab.send(page))
    expect(fetched(kept, path), asked(path)).toBeGreaterThan(0)
    const again = await lab.arrivals(application, async () => {
      await lab.send([...tries, ...notices], { concurrency: 12 })
      await lab.send(page)
    })
    expect(fetched(again, path), asked(path)).toBe(0)

    // A stranger who makes the edge cross the distance again and again is no better.
    for (const notice of notices.filter((one) => one.to === 'edge').slice(0, 3)) {
      const crossings = await lab.arrivals(origin, async () => {
        await lab.send(Array.from({ length: 6 }, () => notice))
      })
      expect(
        crossings.filter(({ method }) => method === 'GET').length,
        say(
          `times that a stranger's ${notice.method} ${notice.path} made the edge fetch, of 6`,
          `陌生人的 6 个 ${notice.method} ${notice.path} 里，让边缘重新去取的次数`,
        ),
      ).toBeLessThanOrEqual(3)
    }
  },
)

const fetched = (arrivals: readonly Arrival[], path: string) =>
  arrivals.filter((one) => one.path === path && one.method === 'GET').length

const asked = (path: string) =>
  say(`times that ${path} was fetched from the application`, `向应用取 ${path} 的次数`)

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

/** Uploads a picture that nobody has seen; a WebP file by its first bytes. Returns its address. */
async function hangUp(cookie = ''): Promise<string> {
  const before = await lab.request('/me', { headers: { cookie } })
  const line = '----lab'
  const part = 'Content-Disposition: form-data; name="avatar"; filename="me.webp"'
  const body = `--${line}\r\n${part}\r\nContent-Type: image/webp\r\n\r\nRIFF0000WEBP${Date.now()}\r\n--${line}--\r\n`
  const headers = { cookie, 'content-type': `multipart/form-data; boundary=${line}` }
  const answer = await lab.request('/me/avatar', { method: 'POST', headers, body })
  expect(answer.status, say('status after the upload', '上传后的状态码')).toBe(303)
  const picture = (page: string) => /\/avatars\/[^"]*\?v=[^"]*/.exec(page)?.[0] ?? ''
  const address = picture((await lab.request('/me', { headers: { cookie } })).body)
  expect(address, say('the address of the new picture', '新头像的地址')).not.toBe(
    picture(before.body),
  )
  return address
}

/**
 * What Teahouse would send for a reply to this topic and for a picture, as a stranger would forge it:
 * who has read everything but the secrets. A word of twelve letters or more is one.
 */
async function noticesFor(topic: string): Promise<LabRequest[]> {
  const script = `const { noticesOf } = await import('/lab/app/cache-policy.ts')
    const changes = [{ kind: 'reply', topic: ${topic.split('/').at(-1)} }, { kind: 'picture', user: 'x' }]
    console.log(JSON.stringify(changes.flatMap((change) => noticesOf(change).flat())))`
  const { stdout } = await lab.exec('web1', ['node', '--input-type=module', '--eval', script])
  const notices = JSON.parse(stdout || '[]') as {
    method: string
    url: string
    headers?: Record<string, string>
  }[]
  return notices.map(({ method, url, headers = {} }) => {
    const { hostname, port, pathname, search } = new URL(url)
    const forged = Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      forge(value),
    ])
    return {
      method,
      to: hostname,
      port: Number(port || 80),
      path: pathname + search,
      headers: Object.fromEntries(forged) as Record<string, string>,
      timeoutMs: 2000,
    }
  })
}

const forge = (value: string) => (/^[\w-]{12,}$/.test(value) ? 'x'.repeat(value.length) : value)
