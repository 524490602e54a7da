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

export function createCache({ store, load, sleep }: World): Cache {
  const flights = new Map<string, Promise<string>>()

  async function search(key: string): Promise<string> {
    for (let look = 0; look < LOOKS; look += 1) {
      let token: string | undefined
      try {
        const found = await store.get(key)
        if (found !== undefined) return found
        token = await store.lease(key)
      } catch {
        break // Redis is away.
      }
      if (token === undefined) await sleep(POLL_MS)
      else {
        const value = await loadWith(token, key)
        // Refused: the key was invalidated, and somebody who waits here may have come after that.
        if (await isKept(token, key, value)) return value
      }
    }
    return load(key)
  }

  async function loadWith(token: string, key: string): Promise<string> {
    try {
      return await load(key)
    } catch (error) {
      await store.release(key, token).catch(() => {})
      throw error
    }
  }

  /** With Redis away nothing can be kept, and nothing has to be. */
  const isKept = (token: string, key: string, value: string) =>
    store.fill(key, token, value).catch(() => true)

  return {
    read(key) {
      const underWay = flights.get(key)
      if (underWay) return underWay
      const flight = search(key).finally(() => {
        if (flights.get(key) === flight) flights.delete(key)
      })
      flights.set(key, flight)
      return flight
    },

    async invalidate(key) {
      await store.delete(key)
      flights.delete(key)
    },
  }
}
