import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  commandsDuring,
  createDraw,
  emptyRedis,
  expectOneHomeEach,
  expectSeen,
  homesOf,
  inTurn,
  lab,
  loadsDuring,
  makeTopics,
  type RedisLists,
  readPages,
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
let yesterdays: string | undefined
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
    const hot = draw.one(paths.filter((path) => path !== yesterdays))
    const cold = paths.filter((path) => path !== hot)
    // All have been read once: what is counted are hits.
    await read(cold)
    await read(visits(hot, cold, warmUp))
    let loads: readonly string[] = []
    const commands = await commandsDuring(lab, redis, async () => {
      loads = await loadsDuring(lab, log, [hot], () => read(visits(hot, cold, crowd)))
    })
    const mean = Object.values(commands).reduce((sum, one) => sum + one, 0) / redis.length
    expect(
      Number((Math.max(...Object.values(commands)) / mean).toFixed(2)),
      say(
        `the busiest over the mean (${JSON.stringify(commands)})`,
        `最忙的是平均数的几倍（${JSON.stringify(commands)}）`,
      ),
    ).toBeLessThanOrEqual(bar)
    const loaded = say('loads of the hot topic', '热话题的读取次数')
    expect(loads.length, loaded).toBeLessThanOrEqual(10)

    expectOneHomeEach(
      await homesOf(lab, redis, cold),
      say('cold pages kept in no Redis, or in several', '冷页面里，哪里都没存、或者存了好几处的'),
    )
    if (yesterdays) await expectForgotten(yesterdays, visits(hot, cold, 300))
    yesterdays = hot
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

/** What was hot, and is read now and then among others, lives in one Redis again. */
async function expectForgotten(path: string, others: readonly string[]): Promise<void> {
  await emptyRedis(lab, redis)
  await read(others.flatMap((other, index) => (index % 30 === 0 ? [path, other] : [other])))
  const homes = await homesOf(lab, redis, [path])
  const what = say('Redis that keep the topic that was hot before', '还存着先前那个热话题的 Redis')
  expect(homes.get(path)!.length, what).toBeLessThanOrEqual(1)
}

/** Every second one for the hot topic, in a drawn order. */
const visits = (hot: string, cold: readonly string[], length: number) =>
  Array.from({ length }, () => (draw.one([true, false]) ? hot : draw.one(cold)))

const read = (pages: readonly string[]) => readPages(lab, pages, inTurn(servers))
