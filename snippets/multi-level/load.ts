import type { LevelLoad, Load } from './read-through.ts'

const sum = (all: readonly number[]): number => all.reduce((so, one) => so + one, 0)

export const askedOf = ({ stores }: LevelLoad): number => sum(stores.map(({ asked }) => asked))

/** From 0 to 1, of what this level was asked; undefined if nobody asked. */
export function hitRatio(level: LevelLoad): number | undefined {
  const asked = askedOf(level)
  return asked === 0 ? undefined : sum(level.stores.map(({ found }) => found)) / asked
}

/** Of hit ratios, level behind level: what is left for the database. */
export const missesOf = (ratios: readonly number[]): number =>
  ratios.reduce((left, ratio) => left * (1 - ratio), 1)

/** How many of these a second each server of a kind can do. */
export interface Limits {
  /** Pages. */
  readonly server: number
  /** Questions and fills, by the name of the level; a level without a limit is left out. */
  readonly levels: Readonly<Record<string, number>>
  readonly database: number
}

export interface Ceiling {
  /** So many readings a second, and no more. */
  readonly perSecond: number
  /** Who is full first: the name of a level, or one of these two. */
  readonly by: string
}

// #region ceiling
/** How far the load of each can grow until the first is full: the busiest one of its kind counts. */
export function ceilingOf(load: Load, limits: Limits): Ceiling {
  const most = (by: string, limit: number, counts: readonly number[]): Ceiling => ({
    by,
    perSecond: (limit * load.readings) / Math.max(...counts),
  })
  const all = [
    most('servers', limits.server, load.servers),
    ...load.levels.map(({ name, stores }) => {
      const counts = stores.map(({ asked, filled }) => asked + filled)
      return most(name, limits.levels[name] ?? Infinity, counts)
    }),
    most('database', limits.database, [load.database]),
  ]
  return all.reduce((lowest, one) => (one.perSecond < lowest.perSecond ? one : lowest))
}
// #endregion ceiling
