import { isNight } from '../../proof/when.ts'

/** Chance with a memory: the same seed, the same draws (mulberry32, public domain). */
export class Seeded {
  #state: number
  readonly seed: number

  constructor(seed: number) {
    this.seed = seed
    this.#state = seed >>> 0
  }

  /** From 0 to below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  below(end: number): number {
    return Math.floor(this.next() * end)
  }

  between(first: number, last: number): number {
    return first + this.below(last - first + 1)
  }

  isLucky(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!
  }

  list<T>(count: number, make: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => make(index))
  }
}

/** By day everybody draws the same, so that a change is judged by what it changed. */
const daySeed = 20_261_126

/** The seed to draw from: at night (`npm run test:all`) a new one; `FUZZ_SEED` repeats one. */
export const fuzzSeed = (): number =>
  Number(process.env.FUZZ_SEED ?? (isNight ? Date.now() % 2 ** 31 : daySeed))
