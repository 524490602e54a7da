import { SieveCache } from '@neophi/sieve-cache'
import { LRUCache } from 'lru-cache'
import { createLRU } from 'lru.min'
import { LRUMap } from 'mnemonist'
import { LruCache } from '../../snippets/cache/lru-cache.ts'
import { S3FifoCache } from '../../snippets/cache/s3-fifo-cache.ts'
import { seededRandom } from '../../snippets/sim/random.ts'
import { zipf } from '../../snippets/sim/zipf.ts'
import { type Contender, found, keyOf, pace } from './job.ts'

interface Cache {
  get(key: string): unknown
  set(key: string, value: object): unknown
}
type Build = (capacity: number) => Cache

const builds: Readonly<Record<string, Build>> = {
  'sieve-cache': (capacity) => new SieveCache<string, object>(capacity),
  'mnemonist LRUMap': (capacity) => new LRUMap<string, object>(capacity),
  'lru.min': (capacity) => createLRU<string, object>({ max: capacity }),
  'lru-cache': (capacity) => new LRUCache<string, object>({ max: capacity }),
  LruCache: (capacity) => new LruCache<object>({ capacity }),
  S3FifoCache: (capacity) => new S3FifoCache<object>({ capacity }),
}

const value = {}
const operations = 200_000

/** Keys by popularity; each asked for by a string of its own, as requests bring them. */
const mixed =
  (build: Build): Contender =>
  (capacity) => {
    const cache = build(capacity)
    let [hits, gets] = [0, 0]
    const play = (keys: readonly string[]) => {
      for (let at = 0; at < keys.length; at++) {
        const key = keys[at]!
        if (cache.get(key) === undefined) cache.set(key, value)
        else hits++
      }
    }
    return {
      round: (number) => {
        const draw = zipf(capacity < 100_000 ? 100_000 : 1_000_000, 0.9, seededRandom(number))
        const keys = Array.from({ length: operations }, () => keyOf(draw()))
        // The first rounds fill the cache; they are not counted.
        if (number === firstCounted) hits = gets = 0
        gets += operations
        return pace(operations, () => play(keys))
      },
      facts: () => ({ hitRatio: hits / gets }),
    }
  }

/** The rounds before this one are for the caches to fill, and for the compiler. */
export const firstCounted = 2

const insert =
  (build: Build): Contender =>
  (capacity) => {
    const cache = build(capacity)
    let next = 0
    return {
      round: () => {
        const keys = Array.from({ length: operations }, () => keyOf(next++))
        return pace(operations, () => {
          for (let at = 0; at < keys.length; at++) cache.set(keys[at]!, value)
        })
      },
    }
  }

/** Inserts in a full cache: its memory, and the processor time of the slowest hundred. */
const churn =
  (build: Build): Contender =>
  (capacity) => {
    const keys = Array.from({ length: capacity }, (_, number) => keyOf(number))
    const before = memory()
    const cache = build(capacity)
    for (const key of keys) cache.set(key, value)
    const bytes = (memory() - before) / capacity
    let next = capacity
    let slowestMs = 0
    return {
      round: () => {
        const fresh = Array.from({ length: operations }, () => keyOf(next++))
        return pace(operations, () => {
          for (let from = 0; from < fresh.length; from += 100) {
            const began = process.cpuUsage()
            for (let at = from; at < from + 100; at++) cache.set(fresh[at]!, value)
            const { user, system } = process.cpuUsage(began)
            slowestMs = Math.max(slowestMs, (user + system) / 1000)
          }
          found.last = cache
        })
      },
      facts: () => ({ slowestMs, bytes }),
    }
  }

/** What lives on this thread's heap and beside it, bytes. */
function memory(): number {
  for (let turn = 0; turn < 3; turn++) (globalThis as { gc?: () => void }).gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

const each = (task: (build: Build) => Contender): Readonly<Record<string, Contender>> =>
  Object.fromEntries(Object.entries(builds).map(([name, build]) => [name, task(build)]))

export const mixedTask = each(mixed)
export const insertTask = each(insert)
export const churnTask = each(churn)
