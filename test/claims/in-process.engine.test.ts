import { expect } from 'vitest'
import { S3FifoCache } from '../../snippets/cache/s3-fifo-cache.ts'
import { HandClock } from '../snippets/cache/by-hand.ts'
import { detour, InProcess } from './in-process.ts'
import { openRedises } from './redis-servers.ts'
import { another, portOf } from './tracking.ts'

const { claim, start } = openRedises(import.meta.url)

const page = 'page:topic:7'
const ttlMs = 2000

async function withPage() {
  const [server] = await start(1)
  const { redis } = server!
  await redis.set(page, 'old')
  const clock = new HandClock()
  const house = { redis, ttlMs, now: clock.now }
  return { server: server!, redis, clock, house, port: portOf(server!) }
}

claim(
  'a-lost-message-leaves-the-old',
  'a message that is lost is not missed: the process shows the old page until its time to live is over; with the message it shows the new one at once',
  async ({ figure }) => {
    const { redis, clock, house, port } = await withPage()
    const hole = await detour(port)
    const hears = await InProcess.open({ ...house, port, whenDeaf: 'is dropped' })
    const deaf = await InProcess.open({ ...house, port: hole.port, whenDeaf: 'is dropped' })
    const shown = async () => [await hears.read(page), await deaf.read(page)]
    expect(await shown()).toEqual(['old', 'old'])

    hole.silence()
    await redis.set(page, 'new')
    await Promise.all([hears.listen(), hole.lost])
    const atOnce = await shown()
    await clock.pass(ttlMs - 1)
    const late = await shown()
    await clock.pass(1)
    const over = await shown()
    expect([atOnce, late, over]).toEqual([
      ['new', 'old'],
      ['new', 'old'],
      ['new', 'new'],
    ])
    figure({
      en: `A page changes: whoever hears the message shows the ${atOnce[0]} one; where it was lost, the ${late[1]} one is shown for ${ttlMs} ms, the time to live, and then the ${over[1]} one`,
      zh: `页面改了：听到消息的进程给的是新的；消息丢了的，${ttlMs} 毫秒的有效期之内给旧的，过了才给新的`,
    })
  },
)

claim(
  'flush-on-disconnect',
  'the connection for messages ends while a page changes: the process that drops all it has shows the new page; the one that keeps it shows the old',
  async ({ figure }) => {
    const { redis, clock, house, port } = await withPage()
    const [drops, keeps] = [
      await InProcess.open({ ...house, port, whenDeaf: 'is dropped' }),
      await InProcess.open({ ...house, port, whenDeaf: 'stays' }),
    ]
    const shown = async () => [await drops.read(page), await keeps.read(page)]
    expect(await shown()).toEqual(['old', 'old'])
    await drops.deafen()
    await keeps.deafen()
    await redis.set(page, 'new')
    const after = await shown()
    expect(after).toEqual(['new', 'old'])
    await clock.pass(ttlMs)
    expect(await shown()).toEqual(['new', 'new'])
    figure({
      en: `CLIENT KILL at the connection for messages, then a page changes: dropped with the connection, the ${after[0]} page is shown; kept, the ${after[1]} one, until its time to live is over`,
      zh: `用 CLIENT KILL 切断收消息的连接，再改页面：断线就全扔掉的，给新的；留着的，给旧的，直到有效期结束`,
    })
  },
)

const found = { last: '' }

claim(
  'in-process-is-n-times-faster',
  'a page from the memory of the process costs less than a hundredth of the time of one from a Redis on the same machine, if one is asked for after the other; with a thousand on the way at once still less than a tenth',
  async ({ figure }) => {
    const { server, redis } = await withPage()
    const alone = await another(server)
    const value = 'x'.repeat(1000)
    await redis.set(page, value)
    const cache = new S3FifoCache<string>({ capacity: 200 })
    cache.set(page, value)

    /** Microseconds each. Of many rounds the quickest counts: a neighbour can only make one slower. */
    async function pace(each: number, round: () => void | Promise<void>): Promise<number> {
      let best = Infinity
      for (let rounds = 0; rounds < 30; rounds++) {
        const begun = performance.now()
        await round()
        best = Math.min(best, performance.now() - begun)
      }
      return (best * 1000) / each
    }

    const near = await pace(100_000, () => {
      for (let reading = 0; reading < 100_000; reading++) found.last = cache.get(page)!
    })
    const far = await pace(200, async () => {
      for (let reading = 0; reading < 200; reading++) found.last = (await alone.get(page))!
    })
    const crowd = await pace(1000, async () => {
      await Promise.all(Array.from({ length: 1000 }, () => redis.get(page)))
    })
    expect(found.last).toBe(value)
    expect(far / near).toBeGreaterThan(100)
    expect(crowd / near).toBeGreaterThan(10)
    const [us, usAlone, usCrowd] = [near.toFixed(2), far.toFixed(0), crowd.toFixed(1)]
    figure({
      en: `A page of 1,000 bytes: ${us} µs from the process; from Redis ${usAlone} µs one after the other, ${usCrowd} µs each with a thousand at once: ${Math.round(far / near)} and ${Math.round(crowd / near)} times as long`,
      zh: `1,000 字节的页面：从进程内存取 ${us} 微秒；从 Redis，一个接一个 ${usAlone} 微秒，一千个同时在路上，每个 ${usCrowd} 微秒：${Math.round(far / near)} 倍和 ${Math.round(crowd / near)} 倍`,
    })
  },
)
