import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  commandsDuring,
  createDraw,
  emptyRedis,
  expectSeen,
  homesOf,
  lab,
  loadsIn,
  makeTopics,
  type RedisLists,
  removeTopics,
  replyAt,
  say,
  tellServers,
  whileHolding,
} from '#labs/kit'

const log = { server: 'db', file: '/tmp/questions.log' }
const line = { server: 'line', control: 8000, ports: { web1: 3301, web2: 3302 } }
const servers = ['web1', 'web2'] as const
const redis = ['redis1', 'redis2', 'redis3']
const usual: RedisLists = { web1: redis, web2: ['redis3', 'redis1', 'redis2'] }
const draw = createDraw(56)
const count = 300
/** Readings until it must have been found, and those that are judged. */
const [warmUp, crowd] = [1500, 2000]
/** Turns of reading at each server, so that every copy is met. */
const turns = 12
const bar = 1.4

let paths: readonly string[] = []
beforeAll(async () => {
  await tellServers(lab, usual)
  paths = await makeTopics(lab, count, draw.word())
})
beforeEach(() => emptyRedis(lab, redis))
afterAll(() => removeTopics(lab, paths))

test.each([1, 2])(
  say(
    'half the world wants one topic: no Redis has much more to do than another (topic %i)',
    '半个世界要同一个话题：没有哪个 Redis 比别的忙得多（第 %i 个话题）',
  ),
  async () => {
    const hot = draw.one(paths)
    const cold = paths.filter((path) => path !== hot)
    // All have been read once: what is counted are hits.
    await read(cold)
    await read(visits(hot, cold, warmUp))
    let loads: readonly string[] = []
    const commands = await commandsDuring(lab, redis, async () => {
      loads = loadsIn(await lab.questions(log, () => read(visits(hot, cold, crowd))))
    })
    const mean = Object.values(commands).reduce((sum, one) => sum + one, 0) / redis.length
    expect(
      Number((Math.max(...Object.values(commands)) / mean).toFixed(2)),
      say(
        `the busiest over the mean (${JSON.stringify(commands)})`,
        `最忙的是平均数的几倍（${JSON.stringify(commands)}）`,
      ),
    ).toBeLessThanOrEqual(bar)
    const loaded = loads.filter((path) => path === hot).length
    expect(loaded, say('loads of the hot topic', '热话题的读取次数')).toBeLessThanOrEqual(10)

    const homes = await homesOf(lab, redis, cold)
    const strays = [...homes.values()].filter((found) => found.length !== 1).length
    const what = say(
      'cold pages kept in no Redis, or in several',
      '冷页面里，哪里都没存、或者存了好几处的',
    )
    expect(strays, what).toBeLessThanOrEqual(count / 20)
  },
)

test(
  say(
    'a reply to the hot topic is seen at once, whichever copy one meets',
    '热话题的回复立刻看得到，不管读到哪一份',
  ),
  async () => {
    const hot = draw.one(paths)
    await read(visits(hot, paths, warmUp))
    for (const to of [...servers, ...servers]) {
      await read(visits(hot, paths, 100))
      const text = draw.word(16)
      await replyAt(lab, hot, text, to)
      await expectSeen(lab, new Map([[hot, text]]), servers, turns)
    }
  },
)

test.each([servers, ['web2', 'web1']] as const)(
  say(
    'who read the hot topic before the reply puts the old one back nowhere: reader at %s',
    '回复之前读到热话题的人，哪一份都不能换回旧的：读者在 %s',
  ),
  async (reader, writer) => {
    const hot = draw.one(paths)
    await read(visits(hot, paths, warmUp))
    const hold = { what: 'answer', words: 'replies r', of: [reader] } as const
    for (let turn = 0; turn < 3; turn++) {
      // All copies are gone, and the next reader has to load.
      await replyAt(lab, hot, draw.word(16), writer)
      const text = draw.word(16)
      await whileHolding(lab, line, hold, async (held) => {
        const slow = lab.request(hot, { to: reader, port: 3000, timeoutMs: 3000 })
        await held.until(2)
        await replyAt(lab, hot, text, writer)
        await held.release(reader)
        expect((await slow).status, say('the slow reader', '慢读者')).toBe(200)
      })
      await expectSeen(lab, new Map([[hot, text]]), servers, turns)
    }
  },
)

/** Every second one for the hot topic, in a drawn order. */
const visits = (hot: string, cold: readonly string[], length: number) =>
  Array.from({ length }, () => (draw.one([true, false]) ? hot : draw.one(cold)))

async function read(pages: readonly string[]): Promise<void> {
  const requests = pages.map((path, index) => ({
    ...{ path, to: servers[index % 2], port: 3000, timeoutMs: 20_000 },
  }))
  const { failed } = await lab.send(requests, { concurrency: 16, bodies: false })
  expect(failed, say('pages without a good answer', '没有正常响应的页面')).toEqual([])
}
