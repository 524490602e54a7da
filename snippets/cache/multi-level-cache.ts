import { type IsCurrent, SingleFlight } from './single-flight.ts'
import type { Soon } from './store.ts'

/** One level: in the process, a group of Redis, a master, a replica, … Its own time to live is its own. */
export interface Level<V> {
  readonly name: string
  get(key: string): Soon<V | undefined>
  set(key: string, value: V): Soon<void>
  delete(key: string): Soon<void>
}

export type Found<V> =
  | { readonly outcome: 'hit'; readonly level: number; readonly value: V }
  | { readonly outcome: 'miss'; readonly value: V | undefined }

/** A level that failed: it was passed over, and cost the reader the time until it did. */
export type OnLevelError = (error: unknown, level: string, key: string) => void

/**
 * Levels from the nearest to the farthest, and behind them whoever knows. What is found far off is
 * filled into all nearer levels on the way back. At one time one search a key is under way.
 */
export class MultiLevelCache<V> {
  readonly #levels: readonly Level<V>[]
  readonly #onError: OnLevelError
  readonly #searches = new SingleFlight<Found<V>>()

  constructor(levels: readonly Level<V>[], onError: OnLevelError = () => {}) {
    this.#levels = levels
    this.#onError = onError
  }

  // #region get
  get(key: string, load: (key: string) => Promise<V | undefined>): Promise<Found<V>> {
    return this.#searches.run(key, async (isCurrent) => {
      for (const [level, place] of this.#levels.entries()) {
        const value = await this.#tried(place.name, key, () => place.get(key))
        if (value === undefined) continue
        await this.#fill(this.#levels.slice(0, level), key, value, isCurrent)
        return { outcome: 'hit', level, value }
      }
      const value = await load(key)
      if (value !== undefined) await this.#fill(this.#levels, key, value, isCurrent)
      return { outcome: 'miss', value }
    })
  }
  // #endregion get

  /** From the farthest to the nearest; what was invalidated meanwhile is not left there. */
  // #region fill
  async #fill(levels: readonly Level<V>[], key: string, value: V, isCurrent: IsCurrent) {
    for (const level of levels.toReversed()) {
      if (!isCurrent()) return
      await this.#tried(level.name, key, () => level.set(key, value))
      if (!isCurrent()) await this.#tried(level.name, key, () => level.delete(key))
    }
  }
  // #endregion fill

  /**
   * The value has changed: no level has the old one any more when this resolves. The farthest level is
   * first: were it last, the old value would come back from there into the nearer ones. Rejects when
   * a level could not be told; the old value then stands there until its time to live is over.
   */
  // #region invalidate
  async invalidate(key: string): Promise<void> {
    const errors: unknown[] = []
    for (const level of this.#levels.toReversed()) {
      this.#searches.forget(key)
      try {
        await level.delete(key)
      } catch (error) {
        errors.push(error)
        this.#onError(error, level.name, key)
      }
    }
    this.#searches.forget(key)
    if (errors.length > 0) throw new AggregateError(errors, `${key} may still be in a cache`)
  }
  // #endregion invalidate

  async #tried<T>(level: string, key: string, act: () => Soon<T>): Promise<T | undefined> {
    try {
      return await act()
    } catch (error) {
      this.#onError(error, level, key)
      return undefined
    }
  }
}
