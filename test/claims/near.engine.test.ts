import { expect } from 'vitest'
import { type Level, MultiLevelCache } from '../../snippets/cache/multi-level-cache.ts'
import { seededRandom } from '../../snippets/sim/random.ts'
import { zipf } from '../../snippets/sim/zipf.ts'
import { byLot, countAnew, getsAt, leaveRoom, levelOf, NearServer } from './levels.ts'
import { openRedises } from './redis-servers.ts'
import { byRing, Database, type ServerOf } from './shards.ts'
import { percent, topics } from './spread.ts'

const { claim, start } = openRedises(import.meta.url)

const pages = topics(2000)
const hot = pages[6]!
const page = 'x'.repeat(1000)
const count = (number: number) => number.toLocaleString('en')

/** Who want some of the topics more than others; of this share everybody wants the same one. */
function readers(number: number, oneTopic: number): readonly string[] {
  const [random, draw] = [seededRandom(71), zipf(pages.length, 0.9, seededRandom(73))]
  return Array.from({ length: number }, () => (random() < oneTopic ? hot : pages[draw()]!))
}

claim(
  'near-takes-the-hot-key',
  'every second reader wants one topic, and the groups are small: the main level is asked for it once by each group, and answers less than four of ten readings',
  async ({ figure }) => {
    const [main, ...groups] = await start(4, '--maxmemory-policy allkeys-lfu')
    for (const group of groups) await leaveRoom(group, 0.3)
    const asked: string[] = []
    const level = levelOf(main!)
    const watched: Level<string> = {
      ...level,
      get: (key) => {
        asked.push(key)
        return level.get(key)
      },
    }
    const groupOf = byLot(groups, seededRandom(79))
    const web = new NearServer({ groupOf, main: watched, load: () => page })
    const requests = readers(6000, 0.5)
    const wanted = requests.filter((key) => key === hot).length
    await countAnew(main!)
    for (const key of requests) expect(await web.read(key)).toBe(page)

    expect(await getsAt(main!)).toBe(asked.length)
    for (const group of groups)
      expect(await group.info('stats', /^evicted_keys:(\d+)/m)).toBeGreaterThan(0)
    const hotAtMain = asked.filter((key) => key === hot).length
    expect(wanted).toBeGreaterThan(2800)
    expect(hotAtMain).toBe(groups.length)
    expect(asked.length).toBeLessThan(0.4 * requests.length)
    const share = percent(asked.length / requests.length)
    figure({
      en: `${count(requests.length)} readings, ${count(wanted)} of them of one topic, three small groups: the main level answers ${share} of all, and of that topic ${hotAtMain}`,
      zh: `${count(requests.length)} 次读，其中 ${count(wanted)} 次要同一个话题，三个小组各自只放得下一部分：主缓存答复全部的 ${share}，那个话题只有 ${hotAtMain} 次`,
    })
  },
)

claim(
  'each-group-has-the-whole-hot-set',
  'by lot every group comes to hold all of the twenty most wanted topics; by hash each of them lies in one place, and the three together hold more different ones',
  async ({ figure }) => {
    const [main, ...groups] = await start(4, '--maxmemory-policy allkeys-lfu')
    for (const group of groups) await leaveRoom(group, 0.8)
    const requests = readers(9000, 0)
    const hottest = pages.slice(0, 20)

    async function held(groupOf: ServerOf) {
      for (const { redis } of [main!, ...groups]) await redis.flushall()
      await new NearServer({ groupOf, main: levelOf(main!), load: () => page }).serve(requests)
      const keys = await Promise.all(groups.map(({ redis }) => redis.keys('*')))
      const ofHottest = keys.map((each) => hottest.filter((key) => each.includes(key)).length)
      return { ofHottest, different: new Set(keys.flat()).size, all: keys.flat().length }
    }

    const lot = await held(byLot(groups, seededRandom(83)))
    const hash = await held(byRing(groups))
    expect(lot.ofHottest).toEqual([20, 20, 20])
    expect(hash.ofHottest.reduce((sum, one) => sum + one, 0)).toBe(20)
    expect(hash.different).toBe(hash.all)
    expect(lot.different).toBeLessThan(hash.different)
    figure({
      en: `Of the 20 most wanted topics three groups have ${lot.ofHottest.join(', ')} by lot, ${hash.ofHottest.join(', ')} by hash; different topics in all three: ${count(lot.different)} by lot (${count(lot.all)} entries), ${count(hash.different)} by hash`,
      zh: `最热的 20 个话题，三组各有：随机问 ${lot.ofHottest.join('、')} 个，按哈希 ${hash.ofHottest.join('、')} 个；三组加起来有多少个不同的话题：随机 ${count(lot.different)} 个（占 ${count(lot.all)} 个位置），按哈希 ${count(hash.different)} 个`,
    })
  },
)

claim(
  'n-groups-n-misses',
  'a new page is missed once by each group, if what was found is filled into the group that was asked; drawn anew for the fill, it is missed more often',
  async ({ figure }) => {
    const [main, ...groups] = await start(4)
    const some = pages.slice(0, 100)

    async function misses(read: (key: string) => Promise<unknown>) {
      for (const { redis } of [main!, ...groups]) await redis.flushall()
      await countAnew(main!)
      for (let round = 0; round < 40; round++) await Promise.all(some.map(read))
      return (await getsAt(main!)) / some.length
    }

    const database = new Database()
    const load = (key: string) => database.load(key)
    const groupOf = byLot(groups, seededRandom(89))
    const web = new NearServer({ groupOf, main: levelOf(main!), load })
    const sameGroup = await misses((key) => web.read(key))
    expect(database.asked).toHaveLength(some.length)
    expect(sameGroup).toBe(groups.length)

    const another = (key: string) => levelOf(groupOf(key))
    const drawnAnew = new MultiLevelCache<string>([
      {
        name: 'near',
        get: (key) => another(key).get(key),
        set: (key, value) => another(key).set(key, value),
        delete: (key) => another(key).delete(key),
      },
      levelOf(main!),
    ])
    const anew = await misses((key) => drawnAnew.get(key, async () => load(key)))
    expect(anew).toBeGreaterThan(1.4 * groups.length)
    figure({
      en: `100 new pages, read 40 times each over three groups: ${sameGroup} misses a page; filled into a group that is drawn anew: ${anew.toFixed(1)}. The database was asked once a page`,
      zh: `100 个新页面，每页在三组上随机读 40 次：每页没命中 ${sameGroup} 次；回填时另抽一组：${anew.toFixed(1)} 次。数据库每页只问一次`,
    })
  },
)

claim(
  'random-spreads-what-hash-cannot',
  'half of all readings are of one topic: by hash one of three groups answers most; by lot each answers about a third',
  async ({ figure }) => {
    const groups = await start(3)
    const requests = readers(9000, 0.5)
    await Promise.all(
      groups.map(({ redis }) => redis.mset(Object.fromEntries(pages.map((key) => [key, page])))),
    )

    async function shares(groupOf: ServerOf): Promise<readonly number[]> {
      await Promise.all(groups.map(countAnew))
      for (let at = 0; at < requests.length; at += 200)
        await Promise.all(
          requests.slice(at, at + 200).map(async (key) => {
            expect(await groupOf(key).redis.get(key)).toBe(page)
          }),
        )
      const counts = await Promise.all(groups.map(getsAt))
      expect(counts.reduce((sum, one) => sum + one, 0)).toBe(requests.length)
      return counts.map((one) => one / requests.length)
    }

    const hash = await shares(byRing(groups))
    const lot = await shares(byLot(groups, seededRandom(97)))
    expect(Math.max(...hash)).toBeGreaterThan(0.5)
    for (const share of lot) expect(Math.abs(share - 1 / 3)).toBeLessThan(0.05)
    const list = (each: readonly number[], comma: string) => each.map(percent).join(comma)
    figure({
      en: `GETs at three groups: ${list(hash, ', ')} by hash, ${list(lot, ', ')} by lot`,
      zh: `三组收到的 GET：按哈希 ${list(hash, '、')}，随机 ${list(lot, '、')}`,
    })
  },
)
