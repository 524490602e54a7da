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

export function createLevels({ levels, load }: World): Cache {
  return {
    async get(key) {
      // TODO: one place of each level, by chance; one that is away is passed over.
      for (const { places } of levels) {
        const kept = await places[0]!.get(key)
        if (kept) return kept.value
      }
      // TODO: fill what was passed on the way, for as long as each may keep it; not with what an
      // invalidation has overtaken.
      return load(key)
    },

    async invalidate(key) {
      // TODO: every place of every level, in the right order, whoever is away.
      await levels[0]?.places[0]?.delete(key)
    },
  }
}
