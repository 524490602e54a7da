import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { openRedises } from './redis-servers.ts'
import { byModulo, byRing, Database, minuteOf, type Placing, WebServer } from './shards.ts'
import { percent, topics } from './spread.ts'

const { claim, start } = openRedises(import.meta.url)

claim(
  'two-homes-two-copies',
  'two web servers that list the same Redis in another order: a change on one deletes its own copy, and the readers of the other go on seeing the old page',
  async ({ figure }) => {
    const [a, b, c] = await start(3)
    const pages = topics(300)

    async function old(place: Placing) {
      await Promise.all([a!, b!, c!].map(({ redis }) => redis.flushall()))
      const database = new Database()
      const [web1, web2] = [[a!, b!, c!] as const, [b!, a!, c!] as const].map(
        (list) => new WebServer(place(list), database),
      )
      for (const web of [web1!, web2!]) await web.readAll(pages)
      await web1!.changeAll(pages)
      const [near, far] = [await web1!.readAll(pages), await web2!.readAll(pages)]
      const split = pages.filter((page) => web1!.serverOf(page) !== web2!.serverOf(page))
      expect(near).toEqual(pages.map(() => 'version 2'))
      return { seen: far.filter((page) => page === 'version 1').length, split: split.length }
    }

    const [modulo, ring] = [await old(byModulo), await old(byRing)]
    expect(modulo.seen).toBe(modulo.split)
    expect(modulo.seen).toBeGreaterThan(pages.length / 2)
    expect(ring).toEqual({ seen: 0, split: 0 })
    figure({
      en: `${pages.length} topics changed on web1: ${modulo.seen} are still old on web2 by modulo, ${ring.seen} on the ring`,
      zh: `在 web1 上改了 ${pages.length} 个话题：取模时，web2 上还有 ${modulo.seen} 个是旧的；用环，${ring.seen} 个`,
    })
  },
)

claim(
  'growth-empties-a-modulo-cache',
  'a fourth Redis joins: by modulo most topics have to be asked of the database again, on the ring about a quarter',
  async ({ figure }) => {
    const servers = await start(4)
    const pages = topics(2000)
    const minute = minuteOf(pages, 11)

    /** Questions to the database in the minute after so many servers have become so many. */
    async function questions(place: Placing, before: number, after: number): Promise<number> {
      await Promise.all(servers.map(({ redis }) => redis.flushall()))
      const database = new Database()
      await new WebServer(place(servers.slice(0, before)), database).readAll(pages)
      const warmed = database.asked.length
      await new WebServer(place(servers.slice(0, after)), database).serve(minute)
      return database.asked.length - warmed
    }

    const still = await questions(byModulo, 3, 3)
    const [modulo, ring] = [await questions(byModulo, 3, 4), await questions(byRing, 3, 4)]
    const wanted = new Set(minute).size
    expect(still).toBe(0)
    expect(modulo).toBeGreaterThan(2 * ring)
    expect(modulo / wanted).toBeGreaterThan(0.65)
    expect(ring / wanted).toBeGreaterThan(0.1)
    expect(ring / wanted).toBeLessThan(0.35)
    const hits = (asked: number) => percent(1 - asked / minute.length)
    const [count, all] = [minute.length, wanted].map((number) => number.toLocaleString('en'))
    figure({
      en: `${count} readers of ${all} topics, all of them cached, after the fourth has joined: ${modulo} questions to the database by modulo (${hits(modulo)} hits), ${ring} on the ring (${hits(ring)})`,
      zh: `${count} 位读者要 ${all} 个话题，本来全在缓存里；第四台加入之后：取模问数据库 ${modulo} 次（命中 ${hits(modulo)}），用环 ${ring} 次（${hits(ring)}）`,
    })
  },
)

const fill = readFileSync(new URL('./redis/fill.lua', import.meta.url), 'utf8')
/** Of a key with a hash tag, what is hashed. */
const tagOf = (key: string) => /\{(.+?)\}/.exec(key)?.[1] ?? key

claim(
  'the-lease-lives-elsewhere',
  'a lock under a name of its own has a home of its own: the script that fills only with the lock does not find it, unless both names are hashed by the same part',
  async ({ figure }) => {
    const serverOf = byRing(await start(4))
    const numbers = Array.from({ length: 400 }, (_, index) => index + 1)

    /** How many fills by the holder of the lock are refused. */
    async function refused(name: (number: number) => string, hashed: (key: string) => string) {
      const filled = numbers.map(async (number) => {
        const [page, lock] = [`page:${name(number)}`, `lock:${name(number)}`]
        const [home, lockHome] = [serverOf(hashed(page)), serverOf(hashed(lock))]
        await lockHome.redis.set(lock, 'mine', 'PX', 600_000, 'NX')
        const isFilled = await home.redis.eval(fill, 2, page, lock, 'mine', 'topic', 600_000)
        expect(isFilled).toBe(home === lockHome ? 1 : 0)
        return isFilled === 1
      })
      return (await Promise.all(filled)).filter((isFilled) => !isFilled).length
    }

    const whole = await refused(
      (number) => `topic:${number}`,
      (key) => key,
    )
    const tagged = await refused((number) => `{topic:${number}}`, tagOf)
    expect(whole).toBeGreaterThan(0.6 * numbers.length)
    expect(tagged).toBe(0)
    figure({
      en: `Four Redis, ${numbers.length} topics, each filled by the holder of its lock: ${whole} fills are refused, ${tagged} when only {topic:7} is hashed`,
      zh: `四个 Redis，${numbers.length} 个话题，都由拿着锁的人回填：${whole} 次被拒；只对 {topic:7} 这一段求哈希，${tagged} 次`,
    })
  },
)
