import { type CacheOptions, type CompleteOptions, completed } from './cache-options.ts'
import { KeyIndex, powerOfTwo } from './key-index.ts'

/** The part of the slots that newcomers pass through. The paper's number. */
const newcomersShare = 0.1
/** Hits are counted up to here. */
const mostHits = 3

/**
 * Most keys are asked for once and never again. So newcomers pass through a small circle of slots;
 * only one that was asked for there moves on to the main circle, the others leave, and their hashes
 * are remembered for a while: one that comes back so soon goes straight to the main circle. There a
 * hand goes round, takes one hit off each entry that it passes, and stops at the first that has none.
 * A hit writes one byte and moves nothing.
 *
 * Every call is O(1) on average, no call waits for a rebuild, and there are no timers: an old entry
 * is not found, and keeps its slot until it is set anew or the room is wanted. What is deleted leaves
 * its slot free until its circle has gone round.
 *
 * Yang and others, "FIFO queues are all you need for cache eviction", SOSP 2023 (S3-FIFO). Here both
 * queues are of a fixed size, and so are circles; the paper's main queue, which puts back what was
 * hit, is Corbató's clock of 1968.
 */
export class S3FifoCache<V> {
  readonly #options: CompleteOptions<V>
  readonly #capacity: number
  readonly #index: KeyIndex
  readonly #values: (V | undefined)[]
  readonly #expires: Float64Array
  readonly #hits: Uint8Array
  /** Slots below are the newcomers' circle, the others the main one. */
  readonly #mainStart: number
  #newcomer = 0
  #hand: number
  /** Hashes of newcomers that left without a hit, each where its low bits say. */
  readonly #ghosts: Int32Array
  #size = 0
  #evicted: readonly [key: string, value: V] | undefined

  constructor(options: CacheOptions<V>) {
    this.#options = completed(options)
    const { capacity } = options
    this.#capacity = capacity
    this.#index = new KeyIndex(capacity, this.#options.seed)
    this.#values = new Array<V | undefined>(capacity).fill(undefined)
    this.#expires = new Float64Array(capacity)
    this.#hits = new Uint8Array(capacity)
    this.#mainStart = Math.max(1, Math.floor(capacity * newcomersShare))
    this.#hand = this.#mainStart
    this.#ghosts = new Int32Array(powerOfTwo(capacity))
  }

  /** Entries, old ones among them. */
  get size(): number {
    return this.#size
  }

  // #region get
  /** The value; undefined when there is none, or none that may still be read. */
  get(key: string): V | undefined {
    const slot = this.#index.find(key, this.#index.hashOf(key))
    if (slot < 0 || this.#expires[slot]! <= this.#options.now()) return undefined
    const hits = this.#hits
    if (hits[slot]! < mostHits) hits[slot]!++
    return this.#values[slot]
  }
  // #endregion get

  // #region set
  set(key: string, value: V, ttlMs = this.#options.ttlMs): void {
    const hash = this.#index.hashOf(key)
    let slot = this.#index.find(key, hash)
    if (slot < 0) {
      slot = this.#wasHere(hash) ? this.#freeMainSlot() : this.#freeNewcomerSlot()
      this.#index.add(key, hash, slot)
      this.#hits[slot] = 0
      this.#size++
    }
    this.#values[slot] = value
    this.#expires[slot] = this.#options.now() + ttlMs
    this.#tellOfEvicted()
  }
  // #endregion set

  /** True when there was such an entry. */
  delete(key: string): boolean {
    const slot = this.#index.find(key, this.#index.hashOf(key))
    if (slot < 0) return false
    this.#drop(slot)
    return true
  }

  // #region newcomers
  /** The oldest newcomer makes room: it moves on if it was hit or there is room, else it leaves. */
  #freeNewcomerSlot(): number {
    const slot = this.#newcomer
    this.#newcomer = slot + 1 === this.#mainStart ? 0 : slot + 1
    if (this.#index.keyAt(slot) === undefined) return slot
    const hasMain = this.#mainStart < this.#capacity
    const isRoom = hasMain && this.#index.keyAt(this.#hand) === undefined
    if (isRoom || (hasMain && this.#hits[slot]! > 0)) this.#moveOn(slot)
    else {
      const hash = this.#index.hashes[slot]!
      this.#ghosts[hash & (this.#ghosts.length - 1)] = hash
      this.#evict(slot)
    }
    return slot
  }

  #moveOn(slot: number): void {
    const main = this.#freeMainSlot()
    this.#index.move(slot, main)
    this.#values[main] = this.#values[slot]
    this.#expires[main] = this.#expires[slot]!
    this.#hits[main] = 0
  }

  /** Left a while ago, and is back: one ghost serves once. */
  #wasHere(hash: number): boolean {
    const place = hash & (this.#ghosts.length - 1)
    if (this.#ghosts[place] !== hash || this.#mainStart === this.#capacity) return false
    this.#ghosts[place] = 0
    return true
  }
  // #endregion newcomers

  // #region main
  #freeMainSlot(): number {
    const hits = this.#hits
    let slot = this.#hand
    while (hits[slot]! > 0) {
      hits[slot]!--
      slot = this.#after(slot)
    }
    this.#hand = this.#after(slot)
    if (this.#index.keyAt(slot) !== undefined) this.#evict(slot)
    return slot
  }

  #after(slot: number): number {
    return slot + 1 === this.#capacity ? this.#mainStart : slot + 1
  }
  // #endregion main

  #evict(slot: number): void {
    if (this.#options.onEvict) this.#evicted = [this.#index.keyAt(slot)!, this.#values[slot] as V]
    this.#drop(slot)
  }

  #drop(slot: number): void {
    this.#index.remove(slot)
    this.#values[slot] = undefined
    this.#hits[slot] = 0
    this.#size--
  }

  /** Told of when the cache is whole again, so that the listener may use it, or throw. */
  #tellOfEvicted(): void {
    const evicted = this.#evicted
    if (!evicted) return
    this.#evicted = undefined
    this.#options.onEvict!(...evicted)
  }
}
