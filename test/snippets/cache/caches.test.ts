import { describe, expect, test } from 'vitest'
import { LruCache } from '../../../snippets/cache/lru-cache.ts'
import { S3FifoCache } from '../../../snippets/cache/s3-fifo-cache.ts'
import { withBug } from '../nginx/planted-bugs.ts'
import { cacheBugs } from './cache-bugs.ts'
import { laws, loadCaches } from './cache-laws.ts'

describe('caches in the process', () => {
  test.each(Object.entries(laws))('%s', (_, law) => law({ LruCache, S3FifoCache }))

  test.each(cacheBugs)('found: $name', async ({ breaks, ...bug }) => {
    const wrong = await withBug(bug, loadCaches)
    expect(() => laws[breaks](wrong)).toThrow()
  })

  test.each([LruCache, S3FifoCache])('a %o keeps what is undefined, null or 0', (Kind) => {
    const cache = new Kind<unknown>({ capacity: 3 })
    for (const value of [undefined, null, 0]) cache.set(`${value}`, value)
    expect([cache.get('undefined'), cache.get('null'), cache.get('0')]).toEqual([
      undefined,
      null,
      0,
    ])
    expect(cache.size).toBe(3)
  })

  test.each([LruCache, S3FifoCache])(
    'a %o refuses what cannot be, and says what to give',
    (Kind) => {
      for (const capacity of [0, -1, 1.5, Number.NaN, Infinity])
        expect(() => new Kind({ capacity })).toThrow(
          `The capacity is ${capacity}. Next: give a whole number of entries`,
        )
      expect(() => new Kind({ capacity: 1, ttlMs: 0 })).toThrow('Next: give milliseconds')
      expect(() => new Kind({ capacity: 1, ttlMs: 5 })).toThrow('Next: give now')
    },
  )
})
