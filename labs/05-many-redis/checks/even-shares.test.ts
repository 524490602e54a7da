import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createDraw,
  lab,
  makeTopics,
  type RedisLists,
  removeTopics,
  say,
  sharesAfterReading,
  tellServers,
} from '#labs/kit'

const webServers = ['web1', 'web2']
const redis = ['redis1', 'redis2', 'redis3', 'redis4']
const usual: RedisLists = {
  web1: ['redis1', 'redis2', 'redis3'],
  web2: ['redis3', 'redis1', 'redis2'],
}
const draw = createDraw(52)
const count = 1800
const bar = 1.15

let pages: readonly string[] = []
beforeAll(async () => {
  pages = await makeTopics(lab, count, draw.word())
})
afterAll(async () => {
  await removeTopics(lab, pages)
  await tellServers(lab, usual)
})

test.each([3, 4])(
  say(
    `of %i Redis none keeps more than ${bar} times as many pages as they do on average`,
    `%i 个 Redis 里，没有哪个存的页面超过平均数的 ${bar} 倍`,
  ),
  async (many) => {
    const told = redis.slice(0, many)
    const shares = await sharesAfterReading(lab, { webServers, told, pages, draw })
    const kept = Object.values(shares)
    const mean = kept.reduce((sum, share) => sum + share, 0) / many
    const counted = told.map((name) => `${name} ${shares[name]}`).join(', ')
    expect(
      Number((Math.max(...kept) / mean).toFixed(2)),
      say(`the fullest over the mean (${counted})`, `最满的是平均数的几倍（${counted}）`),
    ).toBeLessThanOrEqual(bar)
  },
)
