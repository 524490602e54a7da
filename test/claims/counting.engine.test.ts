import { expect } from 'vitest'
import { seededRandom } from '../../snippets/sim/random.ts'
import { zipf } from '../../snippets/sim/zipf.ts'
import { claimsOn } from './claim.ts'
import { median } from './spread.ts'

const claim = claimsOn(() => ({ Node: process.versions.node }))

/**
 * Counts what is asked for most in `room` entries, however many keys there are: who comes and has
 * none takes the place of the least, and its count, so no count is ever too small.
 * Metwally and others, "Efficient computation of frequent and top-k elements", ICDT 2005
 */
class Counters {
  readonly #counts = new Map<string, number>()
  readonly #room: number

  constructor(room: number) {
    this.#room = room
  }

  count(key: string): void {
    const known = this.#counts.get(key)
    if (known !== undefined || this.#counts.size < this.#room)
      return void this.#counts.set(key, (known ?? 0) + 1)
    const [least, count] = this.#sorted().at(-1)!
    this.#counts.delete(least)
    this.#counts.set(key, count + 1)
  }

  get size(): number {
    return this.#counts.size
  }

  get first(): string | undefined {
    return this.#sorted()[0]?.[0]
  }

  #sorted(): readonly (readonly [string, number])[] {
    return [...this.#counts].sort(([, a], [, b]) => b - a)
  }
}

const requests = 5000

/** After how many requests the hottest of 2,000 keys stands first, and does so for good. */
function foundAfter(counters: Counters, seed: number): number {
  const draw = zipf(2000, 0.9, seededRandom(seed))
  let since = Infinity
  for (let request = 1; request <= requests; request++) {
    // The hottest key's place in the list of popularity is 0.
    counters.count(`${draw()}`)
    if (counters.first !== '0') since = Infinity
    else since = Math.min(since, request)
  }
  return since
}

claim(
  'a-client-counts-by-itself',
  'a web server that keeps twenty counters finds the hottest of two thousand keys by what passes through its own hands',
  async ({ figure }) => {
    const room = 20
    const days = Array.from({ length: 21 }, (_, day) => {
      const counters = new Counters(room)
      return { after: foundAfter(counters, day + 1), size: counters.size }
    })
    const after = days.map(({ after }) => after)
    expect(days.map(({ size }) => size)).toEqual(days.map(() => room))
    expect(after.filter((count) => count === Infinity)).toEqual([])
    expect(median(after)).toBeLessThan(requests / 4)
    const tooFew = foundAfter(new Counters(1), 1)
    expect(tooFew, 'one counter holds whoever came last').toBe(Infinity)
    figure({
      en: `2,000 keys by Zipf’s law, ${room} counters, 21 runs: the hottest stands first for good after ${median(after)} requests in the median, at worst after ${Math.max(...after)}`,
      zh: `2,000 个键按 Zipf 定律，${room} 个计数器，跑 21 次：最热的键排到第一、此后不再变，中位数是第 ${median(after)} 个请求，最坏第 ${Math.max(...after)} 个`,
    })
  },
)
