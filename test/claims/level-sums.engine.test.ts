import { expect } from 'vitest'
import { LruCache } from '../../snippets/cache/lru-cache.ts'
import { type Level, MultiLevelCache } from '../../snippets/cache/multi-level-cache.ts'
import { seededRandom } from '../../snippets/sim/random.ts'
import { zipf } from '../../snippets/sim/zipf.ts'
import { claimsOn } from './claim.ts'
import { percent } from './spread.ts'

const claim = claimsOn(() => ({ Node: process.versions.node }))

const topics = 2000
const count = (number: number) => number.toLocaleString('en')

/** A level that has such a share of what it is asked for, as chance will have it. */
const havingShare = (share: number, random: () => number): Level<string> => ({
  name: `${share}`,
  get: () => (random() < share ? 'page' : undefined),
  set: () => {},
  delete: () => {},
})

claim(
  'hit-ratios-multiply',
  'what two levels leave for the database is the product of what each of them lacks of what it is asked for: of nine in ten and nine in ten, one in a hundred',
  async ({ figure }) => {
    const readings = 100_000
    const random = seededRandom(107)
    async function atDatabase(...shares: readonly number[]): Promise<number> {
      const cache = new MultiLevelCache(shares.map((share) => havingShare(share, random)))
      let asked = 0
      for (let reading = 0; reading < readings; reading++)
        if ((await cache.get('k', async () => 'page')).outcome === 'miss') asked++
      return asked / readings
    }
    const towers = [[0.9], [0.9, 0.9], [0.9, 0.5], [0.5, 0.9], [0.9, 0.9, 0.5]] as const
    const measured: number[] = []
    for (const shares of towers) {
      const left = await atDatabase(...shares)
      const product = shares.reduce<number>((rest, share) => rest * (1 - share), 1)
      expect(Math.abs(left / product - 1), `${shares.join(', ')}`).toBeLessThan(0.1)
      measured.push(left)
    }
    const [one, two, worse] = measured.map(percent)
    figure({
      en: `${count(readings)} readings: of 0.9 alone ${one} reach the database, of 0.9 and 0.9 ${two}, of 0.9 and 0.5 ${worse}`,
      zh: `${count(readings)} 次读：只有一级 0.9，${one} 到数据库；0.9 再 0.9，${two}；0.9 再 0.5，${worse}`,
    })
  },
)

/** Of what it is asked for, and how often it was asked. */
class Counted {
  readonly #cache: LruCache<true>
  asked = 0
  hits = 0

  constructor(capacity: number) {
    this.#cache = new LruCache({ capacity })
  }

  /** True when it has it; from now on it does. */
  has(key: string): boolean {
    this.asked++
    const isHit = this.#cache.get(key) !== undefined
    if (isHit) this.hits++
    else this.#cache.set(key, true)
    return isHit
  }

  holds(key: string): boolean {
    return this.#cache.get(key) !== undefined
  }

  get ratio(): number {
    return this.hits / this.asked
  }
}

claim(
  'second-level-hits-fall',
  'with groups in front the main level’s own hit ratio falls, for it is asked only for what they lack; the database is asked no more than before',
  async ({ figure }) => {
    const draw = zipf(topics, 0.9, seededRandom(11))
    const random = seededRandom(9)
    const [alone, behind] = [new Counted(1000), new Counted(1000)]
    const groups = [200, 200, 200].map((capacity) => new Counted(capacity))
    const readings = 300_000
    for (let reading = 0; reading < readings; reading++) {
      const key = `${draw()}`
      alone.has(key)
      if (!groups[Math.floor(random() * groups.length)]!.has(key)) behind.has(key)
    }
    const questions = [alone, behind].map(({ asked, hits }) => asked - hits) as [number, number]
    expect(alone.ratio - behind.ratio).toBeGreaterThan(0.1)
    expect(Math.abs(questions[1] / questions[0] - 1)).toBeLessThan(0.03)
    figure({
      en: `${count(readings)} readings: the main level alone has ${percent(alone.ratio)} of what it is asked for; behind three groups ${percent(behind.ratio)}, of ${percent(behind.asked / readings)} of the readings; questions to the database ${count(questions[0])} and ${count(questions[1])}`,
      zh: `${count(readings)} 次读：主缓存单独挡，命中 ${percent(alone.ratio)}；前面有三组，只有 ${percent(behind.asked / readings)} 的读到它这里，命中 ${percent(behind.ratio)}；问数据库 ${count(questions[0])} 次和 ${count(questions[1])} 次`,
    })
  },
)

claim(
  'one-entry-a-process',
  'four processes that keep 200 pages each keep the most popular ones four times, and together far fewer different pages than 800; one shared cache of 800 has more hits',
  async ({ figure }) => {
    const draw = zipf(topics, 0.9, seededRandom(13))
    const random = seededRandom(17)
    const processes = Array.from({ length: 4 }, () => new Counted(200))
    const shared = new Counted(800)
    for (let reading = 0; reading < 200_000; reading++) {
      const key = `${draw()}`
      processes[Math.floor(random() * processes.length)]!.has(key)
      shared.has(key)
    }
    const hits = processes.reduce((sum, each) => sum + each.hits, 0)
    const apart = hits / shared.asked
    const copies = Array.from(
      { length: topics },
      (_, key) => processes.filter((each) => each.holds(`${key}`)).length,
    )
    const entries = copies.reduce((sum, one) => sum + one, 0)
    const different = copies.filter((one) => one > 0).length
    const fourfold = copies.slice(0, 5).filter((one) => one === processes.length).length
    expect(entries).toBe(800)
    expect(different).toBeLessThan(0.75 * entries)
    expect(fourfold).toBe(5)
    expect(shared.ratio - apart).toBeGreaterThan(0.1)
    figure({
      en: `4 processes of 200 entries: ${entries} entries, ${different} different pages, the ${fourfold} most popular in each; ${percent(apart)} hits, ${percent(shared.ratio)} in one shared cache of 800`,
      zh: `4 个进程，每个存 200 页：一共 ${entries} 个位置，只有 ${different} 个不同的页面，最热的 ${fourfold} 页各存了四份；命中 ${percent(apart)}，共用一个 800 页的缓存是 ${percent(shared.ratio)}`,
    })
  },
)

claim(
  'shared-object-mutated',
  'the memory of a process gives the same object to all: who reverses a list in it has reversed it for the next reader; a copy out of JSON is the reader’s own, and a frozen list refuses',
  async ({ figure }) => {
    const replies = () => ['first', 'second', 'third']
    const cache = new LruCache<string[]>({ capacity: 10 })
    const newestFirst = (list: string[]) => list.reverse()[0]!
    const twoReaders = (read: () => string[]) => [newestFirst(read()), newestFirst(read())]

    cache.set('topic:7', replies())
    const shared = twoReaders(() => cache.get('topic:7')!)
    const text = JSON.stringify(replies())
    const copied = twoReaders(() => JSON.parse(text) as string[])
    cache.set('topic:8', Object.freeze(replies()) as string[])
    expect(() => newestFirst(cache.get('topic:8')!)).toThrow(TypeError)
    expect(cache.get('topic:8')).toEqual(replies())

    expect(shared).toEqual(['third', 'first'])
    expect(copied).toEqual(['third', 'third'])
    figure({
      en: `Each of two readers wants the newest reply, and reverses the list: “${shared.join('”, “')}” from one object, “${copied.join('”, “')}” from JSON; of a frozen list: TypeError`,
      zh: `两位读者都要最新一条回复，都把列表倒过来：同一个对象，拿到“${shared.join('”“')}”；各从 JSON 里拿，“${copied.join('”“')}”；冻结的列表：TypeError`,
    })
  },
)
