import { expect } from 'vitest'
import { TopKeys } from '../../snippets/cache/top-keys.ts'
import { seededRandom } from '../../snippets/sim/random.ts'
import { zipf } from '../../snippets/sim/zipf.ts'
import { claimsOn } from './claim.ts'
import { median } from './spread.ts'

const claim = claimsOn(() => ({ Node: process.versions.node }))

const requests = 5000

/** After how many requests the hottest of 2,000 keys stands first, and does so for good. */
function foundAfter(table: TopKeys, seed: number): number {
  const draw = zipf(2000, 0.9, seededRandom(seed))
  let since = Infinity
  for (let request = 1; request <= requests; request++) {
    // The hottest key's place in the list of popularity is 0.
    table.count(`${draw()}`)
    if (table.top(1)[0]?.key !== '0') since = Infinity
    else since = Math.min(since, request)
  }
  return since
}

claim(
  'a-client-counts-by-itself',
  'a web server that keeps a table of twenty rows finds the hottest of two thousand keys by what passes through its own hands',
  async ({ figure }) => {
    const rows = 20
    const days = Array.from({ length: 21 }, (_, day) => {
      const table = new TopKeys(rows)
      return { after: foundAfter(table, day + 1), size: table.top(Infinity).length }
    })
    const after = days.map(({ after }) => after)
    expect(days.map(({ size }) => size)).toEqual(days.map(() => rows))
    expect(after.filter((count) => count === Infinity)).toEqual([])
    expect(Math.max(...after)).toBeLessThan(1000)
    const tooFew = foundAfter(new TopKeys(1), 1)
    expect(tooFew, 'one row holds whoever came last').toBe(Infinity)
    figure({
      en: `2,000 keys by Zipf’s law, a table of ${rows} rows, 21 runs: the hottest stands first for good after ${median(after)} requests in the median, at worst after ${Math.max(...after)}`,
      zh: `2,000 个键按 Zipf 定律，一张 ${rows} 行的表，跑 21 次：最热的键排到第一、此后不再变，中位数是第 ${median(after)} 个请求，最坏第 ${Math.max(...after)} 个`,
    })
  },
)
