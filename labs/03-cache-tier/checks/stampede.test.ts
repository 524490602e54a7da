import { beforeEach, expect, test } from 'vitest'
import {
  type Arrival,
  createDraw,
  lab,
  type LabRequest,
  say,
  sharedLifetime,
  topics,
} from '#labs/kit'

const application = { servers: ['web1', 'web2'], port: 3000 }
const origin = { servers: ['nginx'], port: 80 }
const crowd = 50
const draw = createDraw(36)

beforeEach(() => lab.emptyCaches())

const far = () => say('requests of 50 that crossed the distance', '50 个请求里过了远距离的')
const whole = () => say('requests of 50 that reached the application', '50 个请求里到达应用的')

test(
  say(
    'fifty want a page that the edge has never seen: one of them crosses the distance',
    '五十人要一个边缘没见过的页面：只有一个请求走远路',
  ),
  async () => {
    for (const path of [draw.one(topics), '/']) {
      const { atOrigin, atApplication } = await rush(path)
      expect(atOrigin, `${path}: ${far()}`).toBe(1)
      expect(atApplication, `${path}: ${whole()}`).toBe(1)
    }
  },
)

test(
  say(
    'fifty want a page that has just ended: one asks for the new one',
    '五十人要一个刚过期的页面：只有一个请求去取新的',
  ),
  async () => {
    const [edge = '', varnish = ''] = draw.some(2, topics)
    const [first] = (await lab.send([{ path: edge }, { path: varnish, to: 'varnish' }])).all
    const lifetime = sharedLifetime(first!)
    expect(
      lifetime,
      say('seconds that the page may be kept', '页面可以保存的秒数'),
    ).toBeGreaterThan(0)
    expect(lifetime, say('seconds that the page may be kept', '页面可以保存的秒数')).toBeLessThan(
      20,
    )
    await lab.untilPast(lifetime)
    const { atOrigin, atApplication } = await rush(edge)
    expect(atOrigin, far()).toBeLessThanOrEqual(1)
    expect(atApplication, whole()).toBeLessThanOrEqual(1)
    expect(
      (await rush(varnish, 'varnish')).atApplication,
      say(
        'of 50 that came to Varnish itself, those that went on',
        '直接来到 Varnish 的 50 个里继续往后走的',
      ),
    ).toBeLessThanOrEqual(1)
  },
)

test(
  say(
    'fifty edges want a new page of Varnish: one reaches the application',
    '五十个边缘向 Varnish 要新页面：只有一个到达应用',
  ),
  async () => {
    const { atApplication } = await rush(draw.one(topics), 'varnish')
    expect(atApplication, whole()).toBe(1)
  },
)

/** Fifty people, each with a browser and cookies of their own; what they want is the same page. */
const people = (path: string, to: string | undefined): LabRequest[] =>
  Array.from({ length: crowd }, (_, person) => {
    const headers = {
      'user-agent': `${draw.word()}/${person}`,
      referer: `https://${draw.word()}.example/`,
      cookie: `_ga=GA1.1.${draw.word()}`,
    }
    return { path, to, headers }
  })

/** Fifty at the same time; how many of them came to whose door. */
async function rush(path: string, to?: string) {
  let atOrigin: Arrival[] = []
  const atApplication = await lab.arrivals(application, async () => {
    atOrigin = await lab.arrivals(origin, async () => {
      const requests = people(path, to)
      const answers = await lab.send(requests, { concurrency: crowd, bodies: false })
      expect(answers.statuses(), say('answers', '响应')).toEqual({ 200: crowd })
    })
  })
  const count = (arrivals: readonly Arrival[]) => arrivals.filter((one) => one.path === path).length
  return { atOrigin: count(atOrigin), atApplication: count(atApplication) }
}
