import { expect } from 'vitest'
import { cached, forget } from '../../labs/teahouse/cached.ts'
import { createMemoryCache } from '../../labs/teahouse/memory/cache.ts'
import { CacheAside, type CacheAsideOptions } from '../../snippets/cache/cache-aside.ts'
import { newEntry } from '../../snippets/cache/entry.ts'
import * as life from '../../snippets/cache/key-life.ts'
import { MemoryStore } from '../../snippets/cache/memory-store.ts'
import { seededRandom } from '../../snippets/sim/random.ts'
import { zipf } from '../../snippets/sim/zipf.ts'
import { arrived, HandClock, HandDatabase, settled } from '../snippets/cache/by-hand.ts'
import { claimsOn } from './claim.ts'

const claim = claimsOn(() => ({ Node: process.versions.node }))

const settings = {
  ...{ ttlMs: 60_000, absentTtlMs: 1000, jitter: 0, staleMs: 0, earliness: 0, softTimeoutMs: 0 },
  ...{ leaseMs: 500, pollMs: 10, patienceMs: 2000 },
}

/** So many servers over one store. */
function house(servers: number, changed: Partial<CacheAsideOptions<number>> = {}) {
  const clock = new HandClock()
  const database = new HandDatabase<number>()
  const store = new MemoryStore<number>({ capacity: 10_000, now: clock.now })
  const random = seededRandom(7)
  const caches = Array.from(
    { length: servers },
    () =>
      new CacheAside<number>({
        ...{ ...settings, store, now: clock.now, sleep: clock.sleep, random },
        ...changed,
      }),
  )
  const get = (server: number, key = 'k') =>
    Promise.resolve(caches[server]!.get(key, database.load))
  return { clock, database, caches, get }
}

/** Teahouse as it comes: a cache, and the database's answers held. */
function teahouse() {
  const clock = new HandClock()
  const database = new HandDatabase<number>()
  const cache = createMemoryCache({ clock: clock.now })
  const load = () => database.load('k')
  const get = () => cached({ cache, key: 'k', ttlMs: 30_000, load })
  return { database, cache, get }
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`

/** An hour of 50 requests a second for 2,000 topics, the popular ones more often. */
async function hitRatio(ttlMs: number): Promise<number> {
  const { clock, caches } = house(1, { ttlMs })
  const draw = zipf(2000, 0.9, seededRandom(11))
  const [requests, everyMs] = [180_000, 20]
  let hits = 0
  for (let request = 0; request < requests; request++) {
    // Not `pass`: nobody sleeps here, and 180,000 turns of the event loop are many.
    if (request % 50 === 0) await clock.pass(50 * everyMs)
    const answer = await caches[0]!.get(`${draw()}`, () => Promise.resolve(1))
    if (answer.outcome === 'hit') hits++
  }
  return hits / requests
}

claim(
  'longer-lives-more-hits',
  'an hour of readers, and cache-aside: the longer an entry may live, the fewer questions are left',
  async ({ figure }) => {
    const ratios = [await hitRatio(10_000), await hitRatio(60_000), await hitRatio(600_000)]
    const [short, middle, long] = ratios as [number, number, number]
    expect(short).toBeLessThan(middle)
    expect(middle).toBeLessThan(long)
    expect(1 - long).toBeLessThan((1 - short) / 5)
    figure({
      en: `50 requests/s for 2,000 topics: ${percent(short)} hits with 10 s, ${percent(middle)} with a minute, ${percent(long)} with ten`,
      zh: `每秒 50 个请求，2,000 个话题：有效期 10 秒命中 ${percent(short)}，一分钟 ${percent(middle)}，十分钟 ${percent(long)}`,
    })
  },
)

/** All orders in which their steps may mix, each keeping its own. */
function ordersOf(...turns: readonly (readonly [string, number])[]): string[][] {
  if (turns.every(([, left]) => left === 0)) return [[]]
  return turns.flatMap(([name, left], at) => {
    if (left === 0) return []
    const rest = turns.map((turn, index) => (index === at ? ([name, left - 1] as const) : turn))
    return ordersOf(...rest).map((order) => [name, ...order])
  })
}

/** In how many of these orders an old version stays in Redis, with nobody to put it right. */
function stuckIn(orders: readonly string[][], rules: life.Rules, redis: number | undefined) {
  const ends = orders.map((order) => {
    let world: life.World = { ...life.newWorld, redis }
    for (const name of order) {
      const kind = name.startsWith('R') ? 'reader' : 'writer'
      if (!life.actorIn(world, name)) world = life.begin(world, { name, server: 'web1', kind })
      world = life.advance(world, rules, name)?.world ?? world
    }
    return life.isStuck(world)
  })
  return ends.filter(Boolean).length
}

const readerAndWriter = ordersOf(['R', 3], ['W', 2])
const twoWriters = ordersOf(['W1', 2], ['W2', 2])

claim(
  'deleted-first-comes-back',
  'the key deleted before the write: in some orders a reader brings the old value back, lease or not',
  async ({ figure }) => {
    const wrong = (writing: life.Writing, filling: life.Filling) =>
      stuckIn(readerAndWriter, { writing, filling }, 1)
    const [plain, lease] = [wrong('delete-before', 'plain'), wrong('delete-before', 'lease')]
    expect(readerAndWriter).toHaveLength(10)
    expect(plain).toBeGreaterThan(0)
    expect(lease).toBe(plain)
    expect(wrong('delete-after', 'lease')).toBe(0)
    figure({
      en: `Of ${readerAndWriter.length} orders of one reader and one writer ${plain} leave the old value, with a lease ${lease}`,
      zh: `一位读者和一个写的人，步骤有 ${readerAndWriter.length} 种次序，其中 ${plain} 种留下旧值，有租约也是 ${lease} 种`,
    })
  },
)

claim(
  'updates-cross',
  'two writers who update the cache: in some orders the first one’s value stays over the second one’s',
  async ({ figure }) => {
    const wrong = (writing: life.Writing) => stuckIn(twoWriters, { writing, filling: 'lease' }, 1)
    expect([twoWriters.length, wrong('update'), wrong('delete-after')]).toEqual([6, 2, 0])
    figure({
      en: `Of ${twoWriters.length} orders of two writers ${wrong('update')} leave the older value; with a delete ${wrong('delete-after')}`,
      zh: `两个写的人，步骤有 ${twoWriters.length} 种次序：更新缓存，${wrong('update')} 种留下较旧的值；删除，${wrong('delete-after')} 种`,
    })
  },
)

claim(
  'late-fill-puts-it-back',
  'who asked the database before a write and fills after the delete puts the old value back',
  async ({ figure }) => {
    const { database, cache, get } = teahouse()
    database.rows.set('k', 1)
    const slow = get()
    await settled()
    database.rows.set('k', 2)
    await forget(cache, 'k')
    await database.answer()
    await arrived(slow)
    const next = await arrived(get())
    expect(next).toEqual({ outcome: 'hit', value: 1 })
    figure({
      en: `Written and deleted, and the next reader still has version ${next.value}: a ${next.outcome}`,
      zh: `写过、删过之后，下一位读者看到的还是第 ${next.value} 版：命中`,
    })
  },
)

claim(
  'lease-refuses-the-late-fill',
  'with a lease the late fill is refused, whether it has ended meanwhile or not, and the next reader on either server has the new value',
  async ({ figure }) => {
    const seenAfter = async (slowMs: number) => {
      const { clock, database, caches, get } = house(2)
      database.rows.set('k', 1)
      const slow = get(0)
      await settled()
      await clock.pass(slowMs)
      database.rows.set('k', 2)
      await arrived(caches[1]!.invalidate('k'))
      const answered = async (asked: ReturnType<typeof get>) => {
        for (await settled(); database.waiting > 0; await settled()) await database.answer()
        return (await arrived(asked)).value
      }
      await answered(slow)
      return [await answered(get(0)), await answered(get(1))]
    }
    const [short, long] = [settings.leaseMs / 5, 10 * settings.leaseMs]
    const seen = await seenAfter(short)
    expect(seen).toEqual([2, 2])
    expect(await seenAfter(long)).toEqual([2, 2])
    figure({
      en: `Written and deleted on one server: the next readers on both have version ${seen[0]}, after a slow read of ${short} ms as after one of ${long}`,
      zh: `在一台服务器上写过、删过：两台上的下一位读者看到的都是第 ${seen[0]} 版，先前那次读花了 ${short} 毫秒也好，${long} 毫秒也好`,
    })
  },
)

claim(
  'nothing-is-asked-again-and-again',
  'what does not exist: without an entry for it every reader asks the database',
  async ({ figure }) => {
    const plain = teahouse()
    for (let reader = 0; reader < 1000; reader++) {
      const asked = plain.get()
      await settled()
      await plain.database.answer()
      await asked
    }
    const { database, get } = house(1)
    for (let reader = 0; reader < 1000; reader++) {
      const asked = get(0)
      if (reader === 0) {
        await settled()
        await database.answer()
      }
      await asked
    }
    expect([plain.database.questions, database.questions]).toEqual([1000, 1])
    figure({
      en: `1,000 readers of a topic that is not there: ${plain.database.questions} questions, ${database.questions} when the answer “nothing” is kept`,
      zh: `1,000 个人要一个不存在的话题：问了数据库 ${plain.database.questions} 次；把“没有”也存下，${database.questions} 次`,
    })
  },
)

/** Of 500 keys that are filled at the same moment for a minute: the most that end in one second. */
function busiestSecond(jitter: number): number {
  const random = seededRandom(5)
  const ends = new Map<number, number>()
  for (let key = 0; key < 500; key++) {
    const { freshUntil } = newEntry(key, 0, 0, { ...settings, jitter }, random)
    const second = Math.floor(freshUntil / 1000)
    ends.set(second, (ends.get(second) ?? 0) + 1)
  }
  return Math.max(...ends.values())
}

claim(
  'jitter-spreads-the-end',
  'entries that are filled in one moment end in one moment, unless chance takes a share of their time',
  async ({ figure }) => {
    const [equal, spread] = [busiestSecond(0), busiestSecond(0.2)]
    expect(equal).toBe(500)
    expect(spread).toBeLessThan(80)
    figure({
      en: `500 keys for 60 s: ${equal} end in the busiest second, ${spread} with a jitter of 20 %`,
      zh: `500 个键，有效期 60 秒：最忙的一秒里到期 ${equal} 个；抖动 20%，${spread} 个`,
    })
  },
)

claim(
  'one-question-for-a-hundred',
  'a hundred readers on two servers want one key that has expired: the database is asked once',
  async ({ figure }) => {
    const plain = teahouse()
    plain.database.rows.set('k', 1)
    const unordered = Array.from({ length: 100 }, () => plain.get())
    await settled()
    const without = plain.database.questions
    while (plain.database.waiting > 0) await plain.database.answer()
    await Promise.all(unordered)

    const { clock, database, get } = house(2)
    database.rows.set('k', 1)
    const readers = Array.from({ length: 100 }, (_, at) => get(at % 2))
    await settled()
    await database.answer()
    await clock.pass(settings.pollMs)
    const values = (await arrived(Promise.all(readers))).map(({ value }) => value)
    expect(new Set(values)).toEqual(new Set([1]))
    expect([without, database.questions]).toEqual([100, 1])
    figure({
      en: `100 readers at once: ${without} questions to the database, ${database.questions} with single flight and lease`,
      zh: `100 位读者同时来：问数据库 ${without} 次；单飞加租约，${database.questions} 次`,
    })
  },
)

claim(
  'another-asks-when-the-asker-dies',
  'whoever holds the lease dies: somebody else asks as soon as the lease is over',
  async ({ figure }) => {
    const { clock, database, get } = house(2)
    database.rows.set('k', 1)
    void get(0)
    await settled()
    const other = get(1)
    let waitedMs = 0
    while (database.questions < 2 && waitedMs < 5000) {
      await clock.pass(settings.pollMs)
      waitedMs += settings.pollMs
    }
    expect(waitedMs).toBe(settings.leaseMs)
    await database.answer(1)
    expect((await arrived(other)).value).toBe(1)
    figure({
      en: `A lease of ${settings.leaseMs} ms, and its holder dead: the next one asks after ${waitedMs} ms`,
      zh: `租约 ${settings.leaseMs} 毫秒，拿着它的人死了：${waitedMs} 毫秒后下一位去问`,
    })
  },
)

/** A key that 100 readers a second want, for an hour; loads take 200 ms. When somebody has to wait. */
async function waits(earliness: number): Promise<readonly number[]> {
  const clock = new HandClock()
  const store = new MemoryStore<number>({ capacity: 10, now: clock.now })
  const options = { ...settings, store, now: clock.now, sleep: clock.sleep, earliness }
  const cache = new CacheAside<number>({ ...options, random: seededRandom(3) })
  const load = () => clock.sleep(200).then(() => 1)
  const begun = clock.now()
  const waited: number[] = []
  for (let request = 0; request < 100 * 3600; request++) {
    if (cache.get('k', load) instanceof Promise) waited.push(clock.now() - begun)
    await clock.pass(10)
  }
  return waited
}

claim(
  'early-refresh-spares-the-wait',
  'a popular key: begun by chance a little before the end, the new value is there in time',
  async ({ figure }) => {
    const [late, early] = [(await waits(0)).length, (await waits(1)).length]
    expect(late).toBeGreaterThan(1000)
    expect(early).toBe(21)
    expect(Math.max(...(await waits(1))), 'all at the first load').toBeLessThanOrEqual(200)
    figure({
      en: `100 readers a second for an hour, loads of 200 ms, 60 s of life: ${late.toLocaleString('en')} readers wait, ${early} with an early refresh`,
      zh: `一小时里每秒 100 位读者，查一次 200 毫秒，有效期 60 秒：${late.toLocaleString('en')} 位要等；提前刷新，${early} 位`,
    })
  },
)

claim(
  'json-loses-the-date',
  'what goes through JSON comes back with its dates as texts, and without what is undefined',
  async ({ figure }) => {
    const topic = { title: 'Oolong', at: new Date(0), closedAt: undefined }
    const back = JSON.parse(JSON.stringify(topic)) as Record<string, unknown>
    expect(topic.at).toBeInstanceOf(Date)
    expect(typeof back.at).toBe('string')
    expect('closedAt' in back).toBe(false)
    figure({
      en: `A Date comes back as the text ${JSON.stringify(back.at)}`,
      zh: `Date 回来成了字符串 ${JSON.stringify(back.at)}`,
    })
  },
)
