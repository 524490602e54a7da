import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createDraw, type Held, lab, loadsIn, openTopics, say, whileHolding } from '#labs/kit'

const log = { server: 'db', file: '/tmp/questions.log' }
const line = { server: 'line', control: 8000, ports: { web1: 3301, web2: 3302 } }
const servers = ['web1', 'web2']
const draw = createDraw(45)
/** Milliseconds that a load takes here; a lock must last longer. */
const loadMs = 250
/** Pages end after 20 s at the latest. */
const lifetime = 20

const answersTo = (of: readonly string[]) => ({ what: 'answer', words: 'replies r', of }) as const

test(
  say(
    'fifty on both servers want one page that is new: the database is asked once',
    '两台服务器上五十人要同一个新页面：只问数据库一次',
  ),
  async () => {
    const [path = ''] = await openTopics(lab, 1, draw.word())
    expect(await rush(path), say('loads', '读取次数')).toBe(1)
  },
)

test(
  say(
    'fifty want one page that has ended: the database is asked once',
    '五十人要同一个过期的页面：只问数据库一次',
  ),
  { timeout: 60_000 },
  async () => {
    const [path = ''] = await openTopics(lab, 1, draw.word())
    for (const to of servers) await lab.request(path, { to, port: 3000 })
    await lab.untilPast(lifetime)
    expect(await rush(path), say('loads', '读取次数')).toBe(1)
  },
)

test(
  say(
    'the one who asks dies: another asks within a second, and the page is kept again',
    '去问的那台死了：一秒之内另一台去问，页面又被缓存',
  ),
  async () => {
    const [path = ''] = await openTopics(lab, 1, draw.word())
    await whileHolding(lab, line, answersTo(['web1']), async (held) => {
      const lost = lab.request(path, { to: 'web1', port: 3000, timeoutMs: 3000 })
      await held.until(1)
      // Who waits for him already must not wait for ever, and nobody else comes who would ask.
      const waiting = lab.request(path, { to: 'web2', port: 3000, timeoutMs: 5000 })
      await pause(50)
      const since = performance.now()
      await lab.kill('web1')
      expect((await waiting).status, path).toBe(200)
      expect(
        performance.now() - since,
        say('milliseconds until web2 has the page', 'web2 拿到页面的毫秒数'),
      ).toBeLessThan(1300)
      const isKept = async () =>
        (await loads(path, () => lab.request(path, { to: 'web2', port: 3000 }))) === 0
      const message = say('the page is kept again', '页面又被缓存')
      await expect.poll(isKept, { timeout: 3000, interval: 100, message }).toBe(true)
      await lost
    })
  },
)

test(
  say('who was too slow ends his own lock and nobody else’s', '太慢的人只解自己的锁，不解别人的锁'),
  async () => {
    const [path = ''] = await openTopics(lab, 1, draw.word())
    const answers: Promise<unknown>[] = []
    const ask = (to: string) =>
      void answers.push(lab.request(path, { to, port: 3000, timeoutMs: 5000 }))
    const count = await loads(path, () =>
      whileHolding(lab, line, answersTo(servers), async (held) => {
        ask('web1')
        const first = await held.until(2)
        ask('web2')
        // The first one's lock ends; or it is renewed as long as he lives.
        await held.until(first + 1, 1200)
        await held.release('web1')
        await pause(loadMs)
        ask('web1')
        await pause(loadMs / 2)
      }).then(() => Promise.all(answers)),
    )
    expect(count, say('loads', '读取次数')).toBeLessThanOrEqual(2)
  },
)

test(
  say(
    'who fails after his lock has ended does not end another’s',
    '锁已过期、之后才失败的人，不解别人的锁',
  ),
  async () => {
    const [path = ''] = await openTopics(lab, 1, draw.word())
    const answers: Promise<unknown>[] = []
    const ask = (to: string) =>
      void answers.push(lab.request(path, { to, port: 3000, timeoutMs: 5000 }))
    const count = await loads(path, () =>
      whileHolding(lab, line, answersTo(servers), async (held) => {
        ask('web1')
        const first = await held.until(2)
        ask('web2')
        await held.until(first + 1, 1200)
        await held.drop('web1')
        await pause(loadMs / 2)
        ask('web1')
        await pause(loadMs)
      }).then(() => Promise.all(answers)),
    )
    expect(count, say('loads', '读取次数')).toBeLessThanOrEqual(2)
  },
)

/** How often this page was loaded during `work`. */
async function loads(path: string, work: () => Promise<unknown>): Promise<number> {
  return loadsIn(await lab.questions(log, work)).filter((one) => one === path).length
}

/** Fifty at once, half of them on each server; the database answers when they have come. */
function rush(path: string): Promise<number> {
  const requests = Array.from({ length: 50 }, (_, reader) => {
    return { path, to: servers[reader % 2], port: 3000, timeoutMs: 5000 }
  })
  return loads(path, async () => {
    const work = async (held: Held) => {
      const answers = lab.send(requests, { concurrency: 50, bodies: false })
      await held.until(1)
      await pause(loadMs)
      for (const server of servers) await held.release(server)
      expect((await answers).statuses(), say('answers', '响应')).toEqual({ 200: 50 })
    }
    await whileHolding(lab, line, answersTo(servers), work)
  })
}
