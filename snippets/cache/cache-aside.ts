import type { Random } from '../sim/random.ts'
import { type Entry, type Freshness, ageOf, newEntry } from './entry.ts'
import { SingleFlight } from './single-flight.ts'
import type { Soon, Store } from './store.ts'

/** `stale`: old, but better than waiting or than an error. `bypass`: the store is away. */
export interface Answer<V> {
  readonly outcome: 'hit' | 'stale' | 'miss' | 'bypass'
  /** Undefined: there is no such thing. */
  readonly value: V | undefined
}

/** Asks whoever knows; undefined when there is no such thing. */
export type Load<V> = (key: string) => Promise<V | undefined>

export interface CacheAsideOptions<V> extends Freshness {
  readonly store: Store<V>
  /** Whoever has a stale value waits so long for the new one; 0: not at all. */
  readonly softTimeoutMs: number
  /** Whoever loads has the key to himself for so long; longer than most loads take. */
  readonly leaseMs: number
  /** Who has no value waits for another's load, looking every `pollMs`, for `patienceMs` at most. */
  readonly pollMs: number
  readonly patienceMs: number
  /** Milliseconds since an epoch that all who share the store share. */
  readonly now: () => number
  readonly random: Random
  /** Resolves after so many milliseconds; need not, once the signal is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<unknown>
  /** A failure of the store, or of a load, that cost the reader nothing. */
  readonly onError?: (error: unknown, key: string) => void
}

/**
 * Cache-aside: look in the store; on a miss load, and leave the value there for the next one. A hit in
 * a store in the process is answered at once, with no promise. At one time one load a key is under
 * way in this process, and by the lease in all that share the store. When the store fails, the reader
 * waits for the load and no longer: see to it that the store fails soon.
 */
export class CacheAside<V> {
  readonly #options: CacheAsideOptions<V>
  readonly #flights = new SingleFlight<Answer<V>>()
  /** Loads past a store that is away. */
  readonly #loads = new SingleFlight<Answer<V>>()

  constructor(options: CacheAsideOptions<V>) {
    this.#options = options
  }

  // #region get
  get(key: string, load: Load<V>): Soon<Answer<V>> {
    let found: Soon<Entry<V> | undefined>
    try {
      found = this.#options.store.get(key)
    } catch (error) {
      return this.#bypass(key, load, error)
    }
    if (!(found instanceof Promise)) return this.#answer(key, load, found)
    return found.then(
      (entry) => this.#answer(key, load, entry),
      (error: unknown) => this.#bypass(key, load, error),
    )
  }

  #answer(key: string, load: Load<V>, entry: Entry<V> | undefined): Soon<Answer<V>> {
    const age = entry ? this.#age(entry) : 'over'
    if (!entry || age === 'over') return this.#refresh(key, load)
    if (age === 'stale') return this.#newOrStale(key, load, entry)
    if (age === 'due') this.#refresh(key, load, entry).catch(this.#report(key))
    return { outcome: 'hit', value: entry.value }
  }
  // #endregion get

  /**
   * The value has changed: whoever asks from now on gets nothing older. Rejects when the store could
   * not be told; the old value then stands there until its time is over.
   */
  // #region invalidate
  async invalidate(key: string): Promise<void> {
    this.#forget(key)
    try {
      await this.#options.store.delete(key)
    } finally {
      // Whoever has come meanwhile may have found the old entry.
      this.#forget(key)
    }
  }

  /** Whoever comes from now on joins nothing that is under way. */
  #forget(key: string): void {
    this.#flights.forget(key)
    this.#loads.forget(key)
  }
  // #endregion invalidate

  /** The new value, if it is here soon; else the stale one. */
  // #region new-or-stale
  #newOrStale(key: string, load: Load<V>, old: Entry<V>): Soon<Answer<V>> {
    const stale: Answer<V> = { outcome: 'stale', value: old.value }
    const refreshed = this.#refresh(key, load, old).catch((error: unknown) => {
      this.#report(key)(error)
      return stale
    })
    const { softTimeoutMs, sleep } = this.#options
    if (softTimeoutMs === 0) return stale
    const settled = new AbortController()
    const tooLate = sleep(softTimeoutMs, settled.signal).then(() => stale)
    return Promise.race([refreshed, tooLate]).finally(() => settled.abort())
  }
  // #endregion new-or-stale

  #refresh(key: string, load: Load<V>, old?: Entry<V>): Promise<Answer<V>> {
    return this.#flights.run(key, () => this.#fetch(key, load, old))
  }

  /** Loads if nobody else does; else shows the old value, or waits for the other's. */
  // #region fetch
  async #fetch(key: string, load: Load<V>, old?: Entry<V>): Promise<Answer<V>> {
    const { store, now, sleep, leaseMs, pollMs, patienceMs } = this.#options
    const since = now()
    for (;;) {
      let token: string | undefined
      try {
        token = await store.lease(key, leaseMs)
        if (token === undefined && old) return { outcome: 'stale', value: old.value }
        // Somebody may have filled it since this reader looked.
        const entry = await store.get(key)
        if (entry && this.#isNews(entry, old)) {
          if (token !== undefined) await store.release(key, token)
          return { outcome: 'hit', value: entry.value }
        }
      } catch (error) {
        return this.#bypass(key, load, error)
      }
      // A clock that was set back keeps nobody waiting.
      const isPatient = Math.abs(now() - since) < patienceMs
      if (token !== undefined) {
        const loaded = await this.#loadAndFill(key, load, token)
        if (!loaded.isOutdated || !isPatient) return { outcome: 'miss', value: loaded.value }
      } else if (isPatient) await sleep(pollMs)
      else return { outcome: 'miss', value: await load(key) }
    }
  }
  // #endregion fetch

  /** Outdated: the key was invalidated during the load, and there are readers who came after that. */
  // #region load-and-fill
  async #loadAndFill(key: string, load: Load<V>, token: string) {
    const { store, now, random, leaseMs, staleMs } = this.#options
    const askedAt = now()
    let value: V | undefined
    try {
      value = await load(key)
    } catch (error) {
      await this.#tried(key, () => store.release(key, token))
      throw error
    }
    const entry = newEntry(value, askedAt, now(), this.#options, random)
    const keepMs = entry.freshUntil - now() + staleMs
    const isKept = await this.#tried(key, () => store.fill(key, token, entry, keepMs))
    return { value, isOutdated: isKept === false && now() - askedAt < leaseMs }
  }
  // #endregion load-and-fill

  /** Even then a key is loaded once at a time. */
  async #bypass(key: string, load: Load<V>, error: unknown): Promise<Answer<V>> {
    this.#report(key)(error)
    return this.#loads.run(key, async () => ({ outcome: 'bypass', value: await load(key) }))
  }

  /** Of use to who has found nothing, or this old entry. */
  #isNews(entry: Entry<V>, old: Entry<V> | undefined): boolean {
    return old ? entry.freshUntil > old.freshUntil : this.#age(entry) !== 'over'
  }

  #age(entry: Entry<V>) {
    return ageOf(entry, this.#options.now(), this.#options, this.#options.random)
  }

  async #tried<T>(key: string, act: () => Soon<T>): Promise<T | undefined> {
    try {
      return await act()
    } catch (error) {
      this.#report(key)(error)
      return undefined
    }
  }

  #report = (key: string) => (error: unknown) => this.#options.onError?.(error, key)
}
