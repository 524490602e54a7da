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
const redis = ['redis1', 'redis2', 'redis3']
const usual: RedisLists = { web1: redis, web2: ['redis3', 'redis1', 'redis2'] }
const draw = createDraw(55)
const count = 1500
const [least, most] = [1.6, 2.4]

let pages: readonly string[] = []
beforeAll(async () => {
  pages = await makeTopics(lab, count, draw.word())
})
afterAll(async () => {
  await removeTopics(lab, pages)
  await tellServers(lab, usual)
})

test.each(redis)(
  say('%s is twice as large, and has twice the keys', '%s 大一倍，键也多一倍'),
  async (large) => {
    const told = redis.map((name) => (name === large ? `${name}*2` : name))
    const shares = await sharesAfterReading(lab, { webServers, told, pages, draw })
    const { [large]: own = 0, ...others } = shares
    const [one = 0, other = 0] = Object.values(others)
    const ratio = own / ((one + other) / 2)
    const message = say(
      `pages of ${large} against the others’ on average`,
      `${large} 的页面是另外两个平均的几倍`,
    )
    expect(Number(ratio.toFixed(2)), message).toBeGreaterThanOrEqual(least)
    expect(Number(ratio.toFixed(2)), message).toBeLessThanOrEqual(most)
  },
)
