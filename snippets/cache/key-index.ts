import { hashText } from '../hashing/hash-text.ts'

/**
 * In which slot a key stands: a hash table with open addressing, at most half full, in one array of
 * numbers. A key that leaves leaves no tombstone behind, so that the table is never rebuilt and no
 * call ever waits for that; a JavaScript Map of a million keys under churn stops for a quarter of a
 * second now and then.
 *
 * Linear probing with deletion by shifting back: Knuth, TAOCP 6.4, algorithm R.
 */
export class KeyIndex {
  readonly #seed: number
  readonly #mask: number
  /** Pairs of (hash, slot + 1); a slot of 0 is an empty place. */
  readonly #places: Int32Array
  readonly #keys: (string | undefined)[]
  /** By slot. */
  readonly hashes: Int32Array

  /** Slots are numbered from 0 to `slots` − 1. Strangers who know `seed` can make lookups slow. */
  constructor(slots: number, seed: number) {
    this.#seed = seed
    this.#mask = powerOfTwo(slots * 2) - 1
    this.#places = new Int32Array((this.#mask + 1) * 2)
    this.#keys = new Array<string | undefined>(slots).fill(undefined)
    this.hashes = new Int32Array(slots)
  }

  hashOf(key: string): number {
    return hashText(key, this.#seed) | 0
  }

  keyAt(slot: number): string | undefined {
    return this.#keys[slot]
  }

  /** The slot where the key stands; −1 if it doesn't. */
  // #region find
  find(key: string, hash: number): number {
    const places = this.#places
    const mask = this.#mask
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const slot = places[place * 2 + 1]! - 1
      if (slot < 0) return -1
      if (places[place * 2] === hash && this.#keys[slot] === key) return slot
    }
  }
  // #endregion find

  /** The key, which stands nowhere, takes this free slot. */
  add(key: string, hash: number, slot: number): void {
    this.#keys[slot] = key
    this.hashes[slot] = hash
    let place = hash & this.#mask
    while (this.#places[place * 2 + 1] !== 0) place = (place + 1) & this.#mask
    this.#places[place * 2] = hash
    this.#places[place * 2 + 1] = slot + 1
  }

  /** The key in slot `from` moves to the free slot `to`. */
  move(from: number, to: number): void {
    this.#places[this.#placeOf(from) * 2 + 1] = to + 1
    this.#keys[to] = this.#keys[from]
    this.hashes[to] = this.hashes[from]!
    this.#keys[from] = undefined
  }

  /** The slot becomes free. Keys behind it move up, as far as each may, so that no search breaks off. */
  // #region remove
  remove(slot: number): void {
    const places = this.#places
    const mask = this.#mask
    let hole = this.#placeOf(slot)
    for (let at = (hole + 1) & mask; places[at * 2 + 1] !== 0; at = (at + 1) & mask) {
      const fromHome = (at - places[at * 2]!) & mask
      const fromHole = (at - hole) & mask
      if (fromHome < fromHole) continue
      places[hole * 2] = places[at * 2]!
      places[hole * 2 + 1] = places[at * 2 + 1]!
      hole = at
    }
    places[hole * 2 + 1] = 0
    this.#keys[slot] = undefined
  }
  // #endregion remove

  #placeOf(slot: number): number {
    let place = this.hashes[slot]! & this.#mask
    while (this.#places[place * 2 + 1] !== slot + 1) place = (place + 1) & this.#mask
    return place
  }
}

/** The next power of two, the number itself if it is one. */
export const powerOfTwo = (number: number): number => 2 ** (32 - Math.clz32(number - 1))
