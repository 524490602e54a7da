import { type CacheOptions, type CompleteOptions, completed } from './cache-options.ts'
import { KeyIndex } from './key-index.ts'

/**
 * Keeps what was used last: when room is wanted, the entry goes that nobody has asked for the longest.
 * Every call is O(1), no call ever waits for a rebuild, and there are no timers: an old entry is not
 * found, and keeps its slot until it is set anew or the room is wanted.
 *
 * The entries are a chain from the latest used to the earliest, by numbers of slots; slot 0 holds the
 * chain's two ends.
 */
export class LruCache<V> {
  readonly #options: CompleteOptions<V>
  readonly #index: KeyIndex
  readonly #values: (V | undefined)[]
  readonly #expires: Float64Array
  /** To the next earlier used slot, and to the next later used. */
  readonly #earlier: Uint32Array
  readonly #later: Uint32Array
  /** Slots that were given back, each at the end of the chain `#earlier`; 0: none. */
  #free = 0
  /** So many slots have ever been used. */
  #used = 0
  #size = 0
  #evicted: readonly [key: string, value: V] | undefined

  constructor(options: CacheOptions<V>) {
    this.#options = completed(options)
    const slots = options.capacity + 1
    this.#index = new KeyIndex(slots, this.#options.seed)
    this.#values = new Array<V | undefined>(slots).fill(undefined)
    this.#expires = new Float64Array(slots)
    this.#earlier = new Uint32Array(slots)
    this.#later = new Uint32Array(slots)
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
    this.#takeOut(slot)
    this.#putFirst(slot)
    return this.#values[slot]
  }
  // #endregion get

  // #region set
  set(key: string, value: V, ttlMs = this.#options.ttlMs): void {
    const hash = this.#index.hashOf(key)
    let slot = this.#index.find(key, hash)
    if (slot < 0) {
      slot = this.#freeSlot()
      this.#index.add(key, hash, slot)
      this.#size++
    } else this.#takeOut(slot)
    this.#putFirst(slot)
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
    this.#earlier[slot] = this.#free
    this.#free = slot
    return true
  }

  // #region free-slot
  #freeSlot(): number {
    const free = this.#free
    if (free !== 0) {
      this.#free = this.#earlier[free]!
      return free
    }
    if (this.#used < this.#options.capacity) return ++this.#used
    const last = this.#later[0]!
    if (this.#options.onEvict) this.#evicted = [this.#index.keyAt(last)!, this.#values[last] as V]
    this.#drop(last)
    return last
  }
  // #endregion free-slot

  #drop(slot: number): void {
    this.#takeOut(slot)
    this.#index.remove(slot)
    this.#values[slot] = undefined
    this.#size--
  }

  // #region chain
  #takeOut(slot: number): void {
    const earlier = this.#earlier[slot]!
    const later = this.#later[slot]!
    this.#earlier[later] = earlier
    this.#later[earlier] = later
  }

  #putFirst(slot: number): void {
    const first = this.#earlier[0]!
    this.#earlier[slot] = first
    this.#later[slot] = 0
    this.#later[first] = slot
    this.#earlier[0] = slot
  }
  // #endregion chain

  /** Told of when the cache is whole again, so that the listener may use it, or throw. */
  #tellOfEvicted(): void {
    const evicted = this.#evicted
    if (!evicted) return
    this.#evicted = undefined
    this.#options.onEvict!(...evicted)
  }
}
