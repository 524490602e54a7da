import { HashRing } from '../../snippets/hashing/hash-ring.ts'
import type { Node } from '../../snippets/hashing/node.ts'
import { scatteredPoints } from '../../snippets/hashing/ring-points.ts'
import { quantile } from '../../snippets/sim/statistics.ts'

/** Four Redis, and the first three of them. */
export const four = ['redis1:6379', 'redis2:6379', 'redis3:6379', 'redis4:6379'] as const
export const three = four.slice(0, 3)

export const named = (names: readonly string[]): readonly Node[] => names.map((name) => ({ name }))

/** So many topics; other ones in another year. */
export const topics = (count: number, year = 0): readonly string[] =>
  Array.from({ length: count }, (_, index) => `page:topic:${year * count + index + 1}`)

/** Says of a key where it lives. */
export type HomeOf = (key: string) => string

export const onRing = (names: readonly string[]): HomeOf => {
  const ring = new HashRing(named(names))
  return (key) => ring.nodeFor(key)
}

/** A ring on which each server stands at one point only. */
export const onBareRing = (names: readonly string[]): HomeOf => {
  const ring = new HashRing(named(names), { pointsOf: (node) => scatteredPoints(node).slice(0, 1) })
  return (key) => ring.nodeFor(key)
}

/** How much each of these servers has: of keys, or of what `weightOf` gives for a key. */
export function shares(
  keys: readonly string[],
  names: readonly string[],
  homeOf: HomeOf,
  weightOf: (index: number) => number = () => 1,
): readonly number[] {
  const held = new Map(names.map((name) => [name, 0]))
  keys.forEach((key, index) => {
    const home = homeOf(key)
    held.set(home, (held.get(home) ?? 0) + weightOf(index))
  })
  return [...held.values()]
}

export function busiestOverMean(held: readonly number[]): number {
  const sum = held.reduce((all, one) => all + one, 0)
  return (Math.max(...held) * held.length) / sum
}

/** The keys that two do not look for in the same place. */
export const apart = (keys: readonly string[], one: HomeOf, other: HomeOf): readonly string[] =>
  keys.filter((key) => one(key) !== other(key))

export const median = (values: readonly number[]): number =>
  quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  )!

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
