import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import {
  as,
  createDraw,
  lab,
  type LabRequest,
  loadsIn,
  openTopics,
  say,
  topics,
  whileHolding,
} from '#labs/kit'

const log = { server: 'db', file: '/tmp/questions.log' }
const line = { server: 'line', control: 8000, ports: { web1: 3301, web2: 3302 } }
const servers = ['web1', 'web2']
const draw = createDraw(46)
const crowd = 50
const limitMs = 500
/** No topic's number begins like this. */
const nowhere = '/topics/9000000'
/** Milliseconds: twenty attempts, each a tenth of a second later than the one before, and a second at most. */
const absence = 20_000

test.each(['kill', 'cut', 'pause'] as const)(
  say(
    'Redis is gone (%s): every page comes within half a second, and once it is back pages are kept again',
    'Redis 不见了（%s）：每个页面半秒内到；它一回来，页面又被缓存',
  ),
  { timeout: 90_000 },
  async (how) => {
    const [rushed = '', later = ''] = await openTopics(lab, 2, draw.word())
    const cookie = (await lab.signIn('Lu Yu')) ?? ''
    for (const to of servers) await lab.request('/', { to, port: 3000 })
    await lab[how]('redis')

    const requests = [...visits(cookie), ...visits(cookie)]
    const answers = await lab.send(requests)
    expect(answers.failed, say('pages without a good answer', '没有正常响应的页面')).toEqual([])
    const missing = requests.filter((_, at) => answers.all[at]?.status === 404)
    expect(
      missing.map(({ path }) => path),
      say('pages that are said not to exist', '说是不存在的页面'),
    ).toEqual(requests.map(({ path }) => path).filter((path) => path.startsWith(nowhere)))
    const waits = say(`waits over ${limitMs} ms`, `超过 ${limitMs} 毫秒的等待`)
    expect(answers.slowerThan(limitMs), waits).toEqual([])
    expect(
      await rush(rushed),
      say(`loads for ${crowd} readers`, `${crowd} 个读者引起的读取`),
    ).toBeLessThanOrEqual(4)

    // Some give up after a while.
    if (how === 'kill') await pause(absence)
    await lab.start('redis')
    const isKept = async () => {
      await readAtBoth(later)
      return loadsIn(await lab.questions(log, () => readAtBoth(later))).includes(later)
    }
    const message = say('the database is still asked each time', '仍然每次都去问数据库')
    await expect.poll(isKept, { timeout: 10_000, interval: 500, message }).toBe(false)
  },
)

/** Strangers and a member, pages kept and pages never seen. */
function visits(cookie: string): LabRequest[] {
  const seen = draw.some(4, topics).map((path) => ({ path }))
  const pages = [{ path: '/' }, { path: `${nowhere}${draw.one([1, 2, 3])}` }, ...seen]
  const all = [...pages, ...pages.map((one) => as(cookie, one))]
  return all.map((one, index) => ({ ...one, to: servers[index % 2], port: 3000, timeoutMs: 3000 }))
}

const readAtBoth = (path: string) =>
  lab.send(servers.map((to) => ({ path, to, port: 3000, timeoutMs: 3000 })))

/** Fifty at once want a page that nobody has; the database answers when they have come. */
async function rush(path: string): Promise<number> {
  const requests = Array.from({ length: crowd }, (_, reader) => {
    return { path, to: servers[reader % 2], port: 3000, timeoutMs: 5000 }
  })
  const hold = { what: 'answer', words: 'replies r', of: servers } as const
  const asked = await lab.questions(log, () =>
    whileHolding(lab, line, hold, async (held) => {
      const answers = lab.send(requests, { concurrency: crowd, bodies: false })
      await held.until(1)
      // So long may readers wait for Redis before they go past it.
      await pause(limitMs)
      for (const server of servers) await held.release(server)
      expect((await answers).statuses(), say('answers', '响应')).toEqual({ 200: crowd })
    }),
  )
  return loadsIn(asked).filter((one) => one === path).length
}
