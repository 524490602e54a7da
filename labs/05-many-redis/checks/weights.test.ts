import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  countHomes,
  createDraw,
  emptyRedis,
  homesOf,
  lab,
  makeTopics,
  type RedisLists,
  removeTopics,
  say,
  tellServers,
} from '#labs/kit'

const servers = ['web1', 'web2']
const redis = ['redis1', 'redis2', 'redis3']
const usual: RedisLists = { web1: redis, web2: ['redis3', 'redis1', 'redis2'] }
const draw = createDraw(55)
const count = 1500
const [least, most] = [1.6, 2.4]

let paths: readonly string[] = []
beforeAll(async () => {
  paths = await makeTopics(lab, count, draw.word())
})
afterAll(async () => {
  await removeTopics(lab, paths)
  await tellServers(lab, usual)
})

test.each(redis)(
  say('%s is twice as large, and has twice the keys', '%s 大一倍，键也多一倍'),
  async (large) => {
    const told = redis.map((name) => (name === large ? `${name}*2` : name))
    await tellServers(lab, { web1: draw.some(3, told), web2: draw.some(3, told) })
    await emptyRedis(lab, redis)
    const requests = paths.map((path, index) => ({
      ...{ path, to: servers[index % 2], port: 3000, timeoutMs: 20_000 },
    }))
    const { failed } = await lab.send(requests, { concurrency: 16, bodies: false })
    expect(failed, say('pages without a good answer', '没有正常响应的页面')).toEqual([])

    const homes = await homesOf(lab, redis, paths)
    const strays = [...homes.values()].filter((found) => found.length !== 1)
    const what = say('pages kept in no Redis, or in several', '哪里都没存、或者存了好几处的页面')
    expect(strays.length, what).toBeLessThanOrEqual(count / 20)
    const [own = 0] = countHomes(homes, [large])
    const others = countHomes(
      homes,
      redis.filter((name) => name !== large),
    )
    const ratio = own / ((others[0]! + others[1]!) / 2)
    const message = say(
      `pages of ${large} against the others’ on average`,
      `${large} 的页面是另外两个平均的几倍`,
    )
    expect(Number(ratio.toFixed(2)), message).toBeGreaterThanOrEqual(least)
    expect(Number(ratio.toFixed(2)), message).toBeLessThanOrEqual(most)
  },
)
