import { expect } from 'vitest'
import { seededRandom } from '../../snippets/sim/random.ts'
import { byLot, countAnew, getsAt, levelOf, NearServer } from './levels.ts'
import { openRedises, type RedisServer } from './redis-servers.ts'
import { Database } from './shards.ts'
import { percent, topics } from './spread.ts'

const { claim, start } = openRedises(import.meta.url)

const pages = topics(100)
/** Each of the topics, thirty times over. */
const readings = Array.from({ length: 30 }, () => pages).flat()
const count = (number: number) => number.toLocaleString('en')

/** Three groups and a main level, each of which has all topics in their first version. */
async function filled() {
  const [main, ...groups] = await start(4)
  const versions = Object.fromEntries(pages.map((key) => [key, 'version 1']))
  await Promise.all([main!, ...groups].map(({ redis }) => redis.mset(versions)))
  const database = new Database()
  /** A web server that asks these groups by lot. */
  const over = (asked: readonly RedisServer[]) =>
    new NearServer({
      groupOf: byLot(asked, seededRandom(101)),
      main: levelOf(main!),
      load: (key) => database.load(key),
    })
  return { main: main!, groups, database, over }
}

claim(
  'a-dead-group-costs-its-share-of-misses',
  'one of three groups is dead: about a third of the readings goes to the main level and none to the database; once it is out of the draw, none to the main level either',
  async ({ figure }) => {
    const { main, groups, database, over } = await filled()
    const dead = groups[1]!
    // Not `once` of node:events: what the connection says of its end may be an error.
    const gone = new Promise((resolve) => dead.redis.once('end', resolve))
    await dead.signal('KILL')
    await gone

    async function atMain(asked: readonly RedisServer[]): Promise<number> {
      await countAnew(main)
      const web = over(asked)
      for (const key of readings) expect(await web.read(key)).toBe('version 1')
      return (await getsAt(main)) / readings.length
    }

    const stillAsked = await atMain(groups)
    const leftOut = await atMain(groups.filter((group) => group !== dead))
    expect(Math.abs(stillAsked - 1 / 3)).toBeLessThan(0.05)
    expect(leftOut).toBe(0)
    expect(database.asked).toEqual([])
    figure({
      en: `${count(readings.length)} readings, one of three groups dead: ${percent(stillAsked)} go to the main level, ${database.asked.length} to the database; with the dead one out of the draw ${percent(leftOut)}`,
      zh: `${count(readings.length)} 次读，三组死了一组：${percent(stillAsked)} 落到主缓存，落到数据库的 ${database.asked.length} 次；不再抽到它之后，主缓存 ${percent(leftOut)}`,
    })
  },
)

claim(
  'an-empty-group-fills-from-the-main',
  'a group that is back and empty: the database is asked for nothing that the main level has, and each web server asks the main level at most once a page, if readers of a page wait for one another',
  async ({ figure }) => {
    const { main, groups, database, over } = await filled()
    const [empty] = groups
    const crowd = 40
    const some = pages.slice(0, 20)

    /** Questions at the main level when so many web servers have a crowd for every page at once. */
    async function questions(webServers: number, readersEach: number): Promise<number> {
      await empty!.redis.flushall()
      await countAnew(main)
      const wanted = Array.from({ length: readersEach }, () => some).flat()
      const shown = await Promise.all(
        Array.from({ length: webServers }, () => over([empty!]).readAll(wanted)),
      )
      expect(new Set(shown.flat())).toEqual(new Set(['version 1']))
      return getsAt(main)
    }

    const joined = await questions(2, crowd)
    // As many readers, of whom nobody knows of another.
    const alone = await questions(2 * crowd, 1)
    expect(joined).toBeGreaterThanOrEqual(some.length)
    expect(joined).toBeLessThanOrEqual(2 * some.length)
    expect(alone).toBeGreaterThan(10 * some.length)
    expect(database.asked).toEqual([])
    figure({
      en: `20 pages, ${2 * crowd} readers of each on two web servers, an empty group: the main level is asked ${joined} times, ${count(alone)} times when each reader goes alone; the database ${database.asked.length} times`,
      zh: `20 个页面，两台 Web 服务器上每页共有 ${2 * crowd} 位读者要，小组是空的：问主缓存 ${joined} 次；各走各的，${count(alone)} 次；问数据库 ${database.asked.length} 次`,
    })
  },
)

claim(
  'a-group-that-was-away-is-old',
  'a group that was cut off while pages changed comes back with the old ones: about a third of the readers is shown them, and nobody if it is emptied before it is asked',
  async ({ figure }) => {
    const { main, groups, database, over } = await filled()
    const [away, ...others] = groups
    await away!.signal('STOP')
    let isBack = false
    const answer = away!.redis.ping().finally(() => (isBack = true))
    for (const key of pages) {
      database.change(key)
      for (const { redis } of [main, ...others]) await redis.del(key)
    }
    const meanwhile = await over(others).readAll(pages)
    expect(meanwhile).toEqual(pages.map(() => 'version 2'))
    expect(isBack, 'cut off all the while').toBe(false)
    await away!.signal('CONT')
    expect(await answer).toBe('PONG')

    const old = async () => {
      const shown = await over(groups).serve(readings)
      return shown.filter((page) => page === 'version 1').length / readings.length
    }
    const asItIs = await old()
    await away!.redis.flushall()
    const emptied = await old()
    expect(Math.abs(asItIs - 1 / 3)).toBeLessThan(0.05)
    expect(emptied).toBe(0)
    figure({
      en: `${pages.length} pages changed while one of three groups was cut off: ${percent(asItIs)} of the readers see the old one when it is back, ${percent(emptied)} when it is emptied first`,
      zh: `三组里一组断开期间改了 ${pages.length} 个页面：它回来之后，${percent(asItIs)} 的读者看到旧的；先清空，${percent(emptied)}`,
    })
  },
)
