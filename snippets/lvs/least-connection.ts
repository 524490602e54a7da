/** What the director counts of a server. */
export interface Load {
  readonly weight: number
  /** Connections that are open. */
  readonly active: number
  /** Connections that are closing or closed, and not yet forgotten. */
  readonly inactive: number
}

/** An open connection counts for 256 closed ones. */
const overhead = ({ active, inactive }: Load): number => active * 256 + inactive

/** `lc`: who has the least to do; the first of equals. Weights count only in being 0 or not. */
export const leastConnection = (loads: readonly Load[]): number | undefined =>
  least(loads, overhead)

/** `wlc`, the default of ipvsadm(8): the least to do for its weight; the first of equals. */
export const weightedLeastConnection = (loads: readonly Load[]): number | undefined =>
  least(loads, (load) => overhead(load) / load.weight)

/** `sed`, the shortest expected delay: as `wlc`, but with the newcomer, and without those that closed. */
export const shortestExpectedDelay = (loads: readonly Load[]): number | undefined =>
  least(loads, ({ active, weight }) => (active + 1) / weight)

/** `nq`, never queue: the first who has nothing open at all; if there is none, as `sed`. */
export function neverQueue(loads: readonly Load[]): number | undefined {
  const idle = loads.findIndex(({ active, weight }) => active === 0 && weight > 0)
  return idle < 0 ? shortestExpectedDelay(loads) : idle
}

function least(loads: readonly Load[], cost: (load: Load) => number): number | undefined {
  let best: number | undefined
  for (const [at, load] of loads.entries())
    if (load.weight > 0 && (best === undefined || cost(load) < cost(loads[best]!))) best = at
  return best
}
