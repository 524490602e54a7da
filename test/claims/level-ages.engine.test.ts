import { expect } from 'vitest'
import { LruCache } from '../../snippets/cache/lru-cache.ts'
import { type Level, MultiLevelCache } from '../../snippets/cache/multi-level-cache.ts'
import { exponential, seededRandom } from '../../snippets/sim/random.ts'
import { claimsOn } from './claim.ts'

const claim = claimsOn(() => ({ Node: process.versions.node }))

/** What the database said, and when. */
interface Aged {
  readonly readAt: number
  /** When it has to be gone from everywhere. */
  readonly until: number
}
type Ends = 'each level’s' | 'carried along'

const ttls = { process: 2000, group: 10_000, main: 60_000 } as const
const sum = ttls.process + ttls.group + ttls.main

/** Two web servers, two groups and a main level, with nobody who tells of changes. */
function tower(ends: Ends) {
  let time = 0
  const now = () => time
  const level = (name: string, ttlMs: number): Level<Aged> => {
    const cache = new LruCache<Aged>({ capacity: 10, ttlMs, now })
    return {
      name,
      get: (key) => cache.get(key),
      set: (key, value) => {
        const left = value.until - time
        const lifeMs = ends === 'each level’s' ? ttlMs : Math.min(ttlMs, left)
        if (lifeMs > 0) cache.set(key, value, lifeMs)
      },
      delete: (key) => void cache.delete(key),
    }
  }
  const main = level('main', ttls.main)
  const groups = [level('near1', ttls.group), level('near2', ttls.group)]
  const webs = [level('web1', ttls.process), level('web2', ttls.process)]
  /** How old it is, what a reader of this web server is shown at this moment. */
  async function ageAt(at: number, web: number, group: number): Promise<number> {
    time = at
    const levels = [webs[web]!, groups[group]!, main]
    const load = async () => ({ readAt: time, until: time + ttls.main })
    return time - (await new MultiLevelCache(levels).get('k', load)).value!.readAt
  }
  return { ageAt }
}

/** Each level is filled from the next one in the last millisecond in which that has it. */
async function unlucky(): Promise<number> {
  const { ageAt } = tower('each level’s')
  await ageAt(0, 0, 0)
  await ageAt(ttls.main - 1, 0, 1)
  await ageAt(ttls.main + ttls.group - 2, 1, 1)
  return ageAt(sum - 3, 1, 1)
}

/** Two days of readers who come when they like: the oldest that any of them is shown. */
async function byChance(ends: Ends): Promise<number> {
  const { ageAt } = tower(ends)
  const random = seededRandom(109)
  const either = () => Math.floor(random() * 2)
  let [oldest, at] = [0, 0]
  while (at < 2 * 86_400_000) {
    at += exponential(2000, random)
    oldest = Math.max(oldest, await ageAt(at, either(), either()))
  }
  return oldest
}

claim(
  'ttl-adds-up-over-levels',
  'each level counts its time to live from when it was filled: what a reader is shown may be as old as all of them together, and never older; if the end travels along with the page, as old as the farthest level allows',
  async ({ figure }) => {
    const worst = await unlucky()
    const [drawn, carried] = [await byChance('each level’s'), await byChance('carried along')]
    expect(worst).toBe(sum - 3)
    expect(drawn).toBeLessThan(sum)
    expect(drawn).toBeGreaterThan(ttls.main)
    expect(carried).toBeLessThan(ttls.main)
    expect(carried).toBeGreaterThan(0.9 * ttls.main)
    const [inTheWorst, byLuck, along] = [worst, drawn, carried].map((ms) => (ms / 1000).toFixed(1))
    figure({
      en: `2 s in the process, 10 s in a group, 60 s in the main level: at worst a page is ${inTheWorst} s old, in two days of readers ${byLuck} s; if the end travels along ${along} s`,
      zh: `进程内 2 秒，小组 10 秒，主缓存 60 秒：最坏的一页已经 ${inTheWorst} 秒，两天的读者里碰到的是 ${byLuck} 秒；把到期时刻一路带着，${along} 秒`,
    })
  },
)
