import { seededRandom } from '../../snippets/sim/random.ts'

/** Probes of a class, drawn by chance that repeats: the same check asks the same each time. */
export interface Draw {
  one<T>(items: readonly T[]): T
  /** So many of them, none twice, in any order; all of them where there are fewer. */
  some<T>(count: number, items: readonly T[]): T[]
  /** Letters and digits that mean nothing. */
  word(length?: number): string
}

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'

export function createDraw(seed: number): Draw {
  const random = seededRandom(seed)
  const below = (count: number) => Math.floor(random() * count)
  const one = <T>(items: readonly T[]) => items[below(items.length)]!
  return {
    one,
    some(count, items) {
      const left = [...items]
      const drawn = Math.min(count, left.length)
      return Array.from({ length: drawn }, () => left.splice(below(left.length), 1)[0]!)
    },
    word: (length = 6) => Array.from({ length }, () => one([...letters])).join(''),
  }
}
