import type { Entry } from './entry.ts'
import { S3FifoCache } from './s3-fifo-cache.ts'
import type { Store } from './store.ts'

export interface MemoryStoreOptions {
  /** The most entries that are kept. */
  readonly capacity: number
  readonly now: () => number
  readonly seed?: number
}

interface Lease {
  readonly token: string
  readonly until: number
}

/** Entries in the memory of this process. */
export class MemoryStore<V> implements Store<V> {
  readonly #options: MemoryStoreOptions
  readonly #entries: S3FifoCache<Entry<V>>
  readonly #leases = new Map<string, Lease>()
  #tokens = 0

  constructor(options: MemoryStoreOptions) {
    this.#options = options
    this.#entries = new S3FifoCache(options)
  }

  get(key: string): Entry<V> | undefined {
    return this.#entries.get(key)
  }

  // #region lease
  lease(key: string, leaseMs: number): string | undefined {
    const now = this.#options.now()
    const held = this.#leases.get(key)
    if (held && held.until > now) return undefined
    const token = `${++this.#tokens}`
    this.#leases.set(key, { token, until: now + leaseMs })
    return token
  }

  fill(key: string, token: string, entry: Entry<V>, keepMs: number): boolean {
    const held = this.#leases.get(key)
    if (held?.token !== token || held.until <= this.#options.now()) return false
    this.#leases.delete(key)
    this.#entries.set(key, entry, keepMs)
    return true
  }
  // #endregion lease

  release(key: string, token: string): void {
    if (this.#leases.get(key)?.token === token) this.#leases.delete(key)
  }

  delete(key: string): void {
    this.#leases.delete(key)
    this.#entries.delete(key)
  }
}
