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
const redis = ['redis1', 'redis2', 'redis3', 'redis4']
const usual: RedisLists = {
  web1: ['redis1', 'redis2', 'redis3'],
  web2: ['redis3', 'redis1', 'redis2'],
}
const draw = createDraw(52)
const count = 1800
const bar = 1.15

let paths: readonly string[] = []
beforeAll(async () => {
  paths = await makeTopics(lab, count, draw.word())
})
afterAll(async () => {
  await removeTopics(lab, paths)
  await tellServers(lab, usual)
})

test.each([3, 4])(
  say(
    `of %i Redis none keeps more than ${bar} times as many pages as they do on average`,
    `%i 个 Redis 里，没有哪个存的页面超过平均数的 ${bar} 倍`,
  ),
  async (many) => {
    const told = redis.slice(0, many)
    await tellServers(lab, { web1: draw.some(many, told), web2: draw.some(many, told) })
    await emptyRedis(lab, redis)
    const requests = paths.map((path, index) => ({
      ...{ path, to: servers[index % 2], port: 3000, timeoutMs: 20_000 },
    }))
    const { failed } = await lab.send(requests, { concurrency: 16, bodies: false })
    expect(failed, say('pages without a good answer', '没有正常响应的页面')).toEqual([])

    const homes = await homesOf(lab, told, paths)
    const strays = [...homes.values()].filter((found) => found.length !== 1)
    const what = say('pages kept in no Redis, or in several', '哪里都没存、或者存了好几处的页面')
    expect(strays.length, what).toBeLessThanOrEqual(count / 20)
    const shares = countHomes(homes, told)
    const mean = shares.reduce((sum, share) => sum + share, 0) / many
    const counted = told.map((name, index) => `${name} ${shares[index]}`).join(', ')
    expect(
      Number((Math.max(...shares) / mean).toFixed(2)),
      say(`the fullest over the mean (${counted})`, `最满的是平均数的几倍（${counted}）`),
    ).toBeLessThanOrEqual(bar)
  },
)
