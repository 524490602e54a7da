import { LruCache } from '../cache/lru-cache.ts'
import { S3FifoCache } from '../cache/s3-fifo-cache.ts'
import type { Random } from '../sim/random.ts'
import type { Reading } from './readings.ts'

/** One level: stores side by side that all do the same. */
export interface LevelPlan {
  readonly name: string
  /** One name each. */
  readonly stores: readonly string[]
  /** `chance`: each reader is sent to one of them. `own`: each web server has its own. */
  readonly choice: 'chance' | 'own'
  readonly policy: 'lru' | 's3-fifo'
  /** The most entries that one store keeps. */
  readonly entries: number
  readonly ttlMs: number
  /** A question, there and back. */
  readonly askMs: number
}

export interface Plan {
  /** From the nearest to the farthest. */
  readonly levels: readonly LevelPlan[]
  readonly databaseMs: number
  /** So many readings fill the levels before anything is counted. */
  readonly warmUp?: number
}

export interface StoreLoad {
  readonly name: string
  /** `GET` */
  readonly asked: number
  readonly found: number
  /** `SET` */
  readonly filled: number
}

export interface LevelLoad {
  readonly name: string
  readonly stores: readonly StoreLoad[]
}

export interface Load {
  readonly readings: number
  /** How many of them came to each web server. */
  readonly servers: readonly number[]
  readonly levels: readonly LevelLoad[]
  /** Questions to the database. */
  readonly database: number
  /** Without any waiting: what the questions of a reading take, one after the other. */
  readonly meanMs: number
}

/** What a store keeps of a page: until when it may be shown. */
type Until = number

class Store {
  #asked = 0
  #found = 0
  #filled = 0
  readonly #pages: LruCache<Until> | S3FifoCache<Until>

  constructor({ policy, entries: capacity }: LevelPlan, now: () => number) {
    const Kind = policy === 'lru' ? LruCache : S3FifoCache
    // Each entry has a time to live of its own; the longest of them is none.
    this.#pages = new Kind<Until>({ capacity, ttlMs: Number.MAX_VALUE, now })
  }

  get(page: string): Until | undefined {
    this.#asked++
    const until = this.#pages.get(page)
    if (until !== undefined) this.#found++
    return until
  }

  set(page: string, until: Until, now: number): void {
    this.#filled++
    this.#pages.set(page, until, until - now)
  }

  load(name: string): StoreLoad {
    return { name, asked: this.#asked, found: this.#found, filled: this.#filled }
  }

  countAnew(): void {
    this.#asked = this.#found = this.#filled = 0
  }
}

/** Each reading goes from level to level until it is answered, and fills on its way back. */
export function readThrough(
  { levels, databaseMs, warmUp = 0 }: Plan,
  readings: readonly Reading[],
  random: Random,
): Load {
  let now = 0
  let database = 0
  let sumMs = 0
  let servers: number[] = []
  const stores = levels.map((level) => level.stores.map(() => new Store(level, () => now)))

  const chosen = ({ choice, stores: { length } }: LevelPlan, server: number): number => {
    if (choice === 'own') return server
    return length === 1 ? 0 : Math.floor(random() * length)
  }

  // #region read
  for (const [at, { atMs, server, page }] of readings.entries()) {
    if (at === warmUp) {
      ;[database, sumMs, servers] = [0, 0, []]
      for (const store of stores.flat()) store.countAnew()
    }
    now = atMs
    servers[server] = (servers[server] ?? 0) + 1
    const passed: { readonly level: LevelPlan; readonly store: Store }[] = []
    let until: Until | undefined
    for (const [place, level] of levels.entries()) {
      const store = stores[place]![chosen(level, server)]!
      sumMs += level.askMs
      until = store.get(page)
      if (until !== undefined) break
      passed.push({ level, store })
    }
    if (until === undefined) {
      database++
      sumMs += databaseMs
      until = Infinity
    }
    // From far to near: no level keeps a page for longer than the one behind it.
    for (const { level, store } of passed.toReversed()) {
      until = Math.min(until, now + level.ttlMs)
      store.set(page, until, now)
    }
  }
  // #endregion read

  const counted = readings.length - warmUp
  return {
    ...{ readings: counted, servers, database, meanMs: sumMs / counted },
    levels: levels.map((level, place) => ({
      name: level.name,
      stores: stores[place]!.map((store, at) => store.load(level.stores[at]!)),
    })),
  }
}
