import fc from 'fast-check'
import { expect } from 'vitest'
import type { CacheOptions } from '../../../snippets/cache/cache-options.ts'
import type * as Lru from '../../../snippets/cache/lru-cache.ts'
import type * as S3Fifo from '../../../snippets/cache/s3-fifo-cache.ts'
import { seededRandom } from '../../../snippets/sim/random.ts'
import { zipf } from '../../../snippets/sim/zipf.ts'
import { fuzzSeed } from '../nginx/seeded.ts'
import type { Load } from '../nginx/planted-bugs.ts'
import { type NaiveCache, NaiveLru, NaiveS3Fifo } from './naive-caches.ts'

export type Caches = typeof Lru & typeof S3Fifo

export const loadCaches = async (load: Load): Promise<Caches> =>
  Object.assign(
    {},
    ...(await Promise.all(['cache/lru-cache.ts', 'cache/s3-fifo-cache.ts'].map(load))),
  ) as Caches

interface Cache {
  readonly size: number
  get(key: string): number | undefined
  set(key: string, value: number, ttlMs?: number): void
  delete(key: string): boolean
}
type Kind = new (options: CacheOptions<number>) => Cache
type NaiveKind = new (capacity: number, onEvict: (key: string, value: number) => void) => NaiveCache

fc.configureGlobal({ seed: fuzzSeed(), endOnFailure: true })

const operation = fc.record({
  kind: fc.constantFrom(
    'get',
    'get',
    'get',
    'set',
    'set',
    'set with its own time',
    'delete',
    'wait',
  ),
  // A few keys are asked for again and again.
  key: fc.oneof(fc.nat(60), fc.nat(4)).map((number) => `key ${number}`),
  ms: fc.integer({ min: 1, max: 40 }),
})
const story = fc.array(operation, { minLength: 100, maxLength: 1000, size: 'max' })

/** Plays stories on a cache and on the naive one; they answer the same, and evict the same. */
function compare(Ours: Kind, Naive: NaiveKind): void {
  let operations = 0
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 45 }), story, (capacity, story) => {
      const [evicted, naivelyEvicted]: [unknown[], unknown[]] = [[], []]
      let now = 0
      const ttlMs = 50
      const onEvict = (...entry: unknown[]) => evicted.push(entry)
      const ours = new Ours({ capacity, ttlMs, now: () => now, onEvict })
      const naive = new Naive(capacity, (...entry) => naivelyEvicted.push(entry))
      for (const [value, { kind, key, ms }] of story.entries()) {
        const played =
          kind === 'get'
            ? [ours.get(key), naive.get(key, now)]
            : kind === 'delete'
              ? [ours.delete(key), naive.delete(key)]
              : kind === 'wait'
                ? [(now += ms), now]
                : kind === 'set'
                  ? [ours.set(key, value), naive.set(key, value, now + ttlMs)]
                  : [ours.set(key, value, ms), naive.set(key, value, now + ms)]
        if (played[0] !== played[1]) expect({ kind, key, answer: played[0] }).toBe(played[1])
        if (ours.size !== naive.keys.length) expect(ours.size).toBe(naive.keys.length)
      }
      expect(evicted).toEqual(naivelyEvicted)
      operations += story.length
    }),
    { numRuns: 300 },
  )
  expect(operations).toBeGreaterThan(100_000)
}

/** The share of gets, 0 to 1, that found something; what was missed is set. */
export function hitRatio(cache: Cache, keys: readonly string[]): number {
  let hits = 0
  for (const key of keys) {
    if (cache.get(key) === undefined) cache.set(key, 1)
    else hits++
  }
  return hits / keys.length
}

/** True of every right implementation; each throws when it finds a cache at fault. */
export const laws = {
  'LruCache does what a list does that is searched from end to end': ({ LruCache }: Caches) =>
    compare(LruCache, NaiveLru),

  'S3FifoCache does what two lists do that are searched from end to end': ({
    S3FifoCache,
  }: Caches) => compare(S3FifoCache, NaiveS3Fifo),

  'whoever is told of an evicted entry may use the cache, or throw': (caches: Caches) => {
    for (const Kind of [caches.LruCache, caches.S3FifoCache]) {
      let depth = 0
      const cache: Cache = new Kind({
        capacity: 3,
        onEvict: (key, value) => {
          if (depth++ < 5) cache.set(key, value + 1)
          throw new Error('told')
        },
      })
      for (let key = 0; key < 40; key++) {
        try {
          cache.set(`key ${key}`, key)
        } catch (error) {
          expect((error as Error).message).toBe('told')
        }
        const value = cache.get(`key ${key}`)
        if (value !== undefined) expect([key, key + 1]).toContain(value)
        expect(cache.size).toBeLessThanOrEqual(3)
      }
      const left = Array.from({ length: 40 }, (_, key) => cache.delete(`key ${key}`))
      expect([left.filter(Boolean).length, cache.size]).toEqual([3, 0])
    }
  },

  'where some keys are popular, S3-FIFO hits 5 points more often than LRU': (caches: Caches) => {
    const draw = zipf(20_000, 0.9, seededRandom(1))
    const keys = Array.from({ length: 100_000 }, () => `key ${draw()}`)
    const [lru, s3] = [caches.LruCache, caches.S3FifoCache].map((Kind) =>
      hitRatio(new Kind({ capacity: 500 }), keys),
    )
    expect(s3! - lru!).toBeGreaterThan(0.05)
  },

  'keys that are asked for once do not drive out those that are asked for again': ({
    S3FifoCache,
  }: Caches) => {
    const cache = new S3FifoCache<number>({ capacity: 100 })
    const popular = Array.from({ length: 50 }, (_, key) => `popular ${key}`)
    for (let round = 0; round < 3; round++) hitRatio(cache, popular)
    hitRatio(
      cache,
      Array.from({ length: 10_000 }, (_, key) => `once ${key}`),
    )
    // Those that were still newcomers had no time to prove themselves.
    expect(hitRatio(cache, popular)).toBeGreaterThanOrEqual(0.75)
  },
} satisfies Readonly<Record<string, (caches: Caches) => void>>

export type Law = keyof typeof laws
