import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TopKeys } from '../../../snippets/cache/top-keys.ts'
import { seededRandom } from '../../../snippets/sim/random.ts'
import { zipf } from '../../../snippets/sim/zipf.ts'
import { fuzzSeed } from '../nginx/seeded.ts'

fc.configureGlobal({ seed: fuzzSeed(), endOnFailure: true })

const keys = fc.array(fc.nat(12).map(String), { maxLength: 300 })
const rows = fc.integer({ min: 1, max: 8 })

function counted(keys: readonly string[], rows: number) {
  const table = new TopKeys(rows)
  for (const key of keys) table.count(key)
  const known = new Map(table.top(rows).map(({ key, count }) => [key, count]))
  const truth = new Map<string, number>()
  for (const key of keys) truth.set(key, (truth.get(key) ?? 0) + 1)
  return { known, truth }
}

describe('a small table of the keys that are asked for most', () => {
  test('has no more rows than it was given, and no request is lost', () =>
    fc.assert(
      fc.property(keys, rows, (keys, rows) => {
        const { known } = counted(keys, rows)
        expect(known.size).toBeLessThanOrEqual(rows)
        expect([...known.values()].reduce((sum, count) => sum + count, 0)).toBe(keys.length)
      }),
    ))

  test('knows every key that has more than its share of a row, and never counts one too low', () =>
    fc.assert(
      fc.property(keys, rows, (keys, rows) => {
        const { known, truth } = counted(keys, rows)
        for (const [key, times] of truth)
          if (times > keys.length / rows) expect(known.has(key)).toBe(true)
        for (const [key, count] of known) {
          expect(count).toBeGreaterThanOrEqual(truth.get(key)!)
          expect(count - truth.get(key)!).toBeLessThanOrEqual(keys.length / rows)
        }
      }),
    ))

  test('of 32 rows finds the hottest of 2,000 keys among a thousand requests', () => {
    for (let seed = 0; seed < 50; seed++) {
      const random = seededRandom(seed)
      const draw = zipf(2000, 1, random)
      const table = new TopKeys(32)
      for (let request = 0; request < 1000; request++) table.count(`page:topic:${draw()}`)
      expect(table.top(1).map(({ key }) => key)).toEqual(['page:topic:0'])
    }
  })

  test('forgets by half, so that a new star soon leads', () => {
    const table = new TopKeys(4)
    for (let request = 0; request < 1000; request++) table.count('yesterday')
    for (let second = 0; second < 8; second++) table.halve()
    for (let request = 0; request < 10; request++) table.count('today')
    expect(table.top(1)).toEqual([{ key: 'today', count: 10 }])
  })

  test('needs a row', () => expect(() => new TopKeys(0)).toThrow('Next: give a whole number'))
})
