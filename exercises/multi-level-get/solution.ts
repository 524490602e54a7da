/** What a place keeps of a page, and until when it may be shown. Times are milliseconds of one clock. */
export interface Kept {
  readonly value: string
  readonly until: number
}

/**
 * One cache: in this process, or a Redis. Of two things that are on their way to it, either may arrive
 * first. When the place is away, each of these rejects.
 */
export interface Place {
  /** Undefined when there is nothing that may still be shown. */
  get(key: string): Promise<Kept | undefined>
  set(key: string, kept: Kept): Promise<void>
  delete(key: string): Promise<void>
}

export interface Level {
  /** Side by side: each keeps copies of its own. */
  readonly places: readonly Place[]
  /** A page stays here for so long, and not longer than at the levels behind. */
  readonly ttlMs: number
}

export interface World {
  /** From the nearest to the farthest. */
  readonly levels: readonly Level[]
  /** Asks the database. Undefined: there is no such page. */
  load(key: string): Promise<string | undefined>
  now(): number
  /** From 0 to below 1. */
  random(): number
}

export interface Cache {
  /** Asks one place of each level, by chance, until one has the page; at last the database. */
  get(key: string): Promise<string | undefined>
  /**
   * The database has a new page. When this resolves, no place has the old one; what is still on its way
   * there is taken back as it arrives. Rejects when a place could not be told; all others have been,
   * even so.
   */
  invalidate(key: string): Promise<void>
}

export function createLevels({ levels, load, now, random }: World): Cache {
  /** How often each key has been taken from a level. */
  const changes = new Map<string, number>()
  const changesOf = (key: string) => changes.get(key) ?? 0

  async function find(key: string, passed: [Place, Level][]): Promise<Kept | undefined> {
    for (const level of levels) {
      const place = level.places[Math.floor(random() * level.places.length)]!
      const kept = await place.get(key).catch(() => undefined)
      if (kept) return kept
      passed.push([place, level])
    }
    const value = await load(key)
    return value === undefined ? undefined : { value, until: Infinity }
  }

  return {
    async get(key) {
      const before = changesOf(key)
      const passed: [Place, Level][] = []
      const found = await find(key, passed)
      if (!found) return undefined
      let { until } = found
      for (const [place, { ttlMs }] of passed.reverse()) {
        // A change since this search began: what it has found may be old.
        if (changesOf(key) !== before) break
        until = Math.min(until, now() + ttlMs)
        await place.set(key, { value: found.value, until }).catch(() => {})
        // It may have arrived behind the delete.
        if (changesOf(key) !== before) await place.delete(key).catch(() => {})
      }
      return found.value
    },

    async invalidate(key) {
      let untold = 0
      // The farthest first, or the old page would come back from there.
      for (const { places } of [...levels].reverse()) {
        // Anew for each level: who has begun meanwhile has perhaps read what is deleted here.
        changes.set(key, changesOf(key) + 1)
        const told = await Promise.allSettled(places.map((place) => place.delete(key)))
        untold += told.filter(({ status }) => status === 'rejected').length
      }
      if (untold > 0) throw new Error(`${key} may still be at ${untold} places`)
    },
  }
}
