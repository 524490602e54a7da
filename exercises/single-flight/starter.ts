/** Who waits for another's answer looks again after so many milliseconds. */
export const POLL_MS = 20
/** So many looks, and then he asks the database himself. */
export const LOOKS = 50

/** Redis, shared by both servers. When it is away, each of these rejects. */
export interface Store {
  get(key: string): Promise<string | undefined>
  /** A token that nobody else has; undefined while somebody holds the lease. It ends by itself. */
  lease(key: string): Promise<string | undefined>
  /** Keeps the value, and ends the lease; false, and nothing done, if that had ended before. */
  fill(key: string, token: string, value: string): Promise<boolean>
  /** Ends the lease with nothing kept. */
  release(key: string, token: string): Promise<void>
  /** Deletes the value, and ends whatever lease there is. */
  delete(key: string): Promise<void>
}

export interface World {
  readonly store: Store
  /** Asks the database. Dear. */
  load(key: string): Promise<string>
  sleep(ms: number): Promise<void>
}

export interface Cache {
  read(key: string): Promise<string>
  /**
   * The database has a new value: whoever begins to read after this gets nothing older. (On the other
   * server: but for what Redis is just saying to a search there.)
   */
  invalidate(key: string): Promise<void>
}

export function createCache({ store, load }: World): Cache {
  return {
    async read(key) {
      const found = await store.get(key)
      if (found !== undefined) return found
      // TODO: one search a key at a time on this server; and on both, by the lease. It is taken
      // before the database is asked. When it has gone meanwhile, the value may be old.
      const value = await load(key)
      const token = await store.lease(key)
      if (token) await store.fill(key, token, value)
      return value
    },

    async invalidate(key) {
      // TODO: who comes from now on must not join a search from before.
      await store.delete(key)
    },
  }
}
