import type { Random } from '../sim/random.ts'

/** What a cache keeps of one load. All times are milliseconds. */
export interface Entry<V> {
  /** Undefined: there is no such thing, and that is known. */
  readonly value: V | undefined
  /** By the clock of whoever loaded it. */
  readonly freshUntil: number
  /** How long the load took. */
  readonly costMs: number
}

export interface Freshness {
  /** How long a value is fresh. */
  readonly ttlMs: number
  /** How long it is believed that there is no such thing: short, somebody may just make it. */
  readonly absentTtlMs: number
  /** 0 to 1: of so much of its time an entry may be robbed by chance, so that not all end at once. */
  readonly jitter: number
  /** How long after that an entry may still be shown, while a new one is fetched or cannot be. */
  readonly staleMs: number
  /** 0: entries are refreshed when their time is over. 1: often a little earlier. More: earlier. */
  readonly earliness: number
}

// #region new-entry
/** What was asked for at `askedAt`, and is here now. */
export function newEntry<V>(
  value: V | undefined,
  askedAt: number,
  now: number,
  { ttlMs, absentTtlMs, jitter }: Freshness,
  random: Random,
): Entry<V> {
  const full = value === undefined ? absentTtlMs : ttlMs
  return { value, freshUntil: now + full * (1 - jitter * random()), costMs: now - askedAt }
}
// #endregion new-entry

export type Age = 'fresh' | 'due' | 'stale' | 'over'

/**
 * `due`: still fresh, but time for one reader to fetch the next. Who that is, is drawn: the nearer the
 * end and the dearer the load, the likelier. So somebody begins in time, and seldom many.
 *
 * Vattani, Chierichetti and Lowenstein, "Optimal probabilistic cache stampede prevention", VLDB 2015
 */
// #region age-of
export function ageOf(
  { freshUntil, costMs }: Entry<unknown>,
  now: number,
  { staleMs, earliness }: Freshness,
  random: Random,
): Age {
  if (now >= freshUntil + staleMs) return 'over'
  if (now >= freshUntil) return 'stale'
  if (earliness === 0) return 'fresh'
  const head = -costMs * earliness * Math.log(1 - random())
  return now + head >= freshUntil ? 'due' : 'fresh'
}
// #endregion age-of
