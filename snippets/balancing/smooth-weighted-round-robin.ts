// #region weighted
/** A server as smooth weighted round robin sees it: its share, and its account so far. */
export interface Weighted {
  readonly weight: number
  readonly currentWeight: number
}
// #endregion weighted

/** One pick, with the accounts at each step, for the table that explains it. */
export interface SmoothPick {
  /** The winner's place in the list; -1 when the list is empty. */
  readonly chosen: number
  /** What the winner pays: the sum of all weights. */
  readonly total: number
  /** The accounts after everyone has earned, before the winner has paid. */
  readonly raised: readonly number[]
  /** The accounts after the pick: what to hand in at the next. */
  readonly currentWeights: readonly number[]
}

/**
 * Picks the next server. Everyone earns their weight; the richest is chosen, the earlier one on a
 * tie, and pays the sum of all weights. Over `total` picks each server is chosen `weight` times, and
 * a heavy one never in one long run.
 *
 * Source: nginx, commit "Upstream: smooth weighted round-robin balancing", 2012 (nginx 1.3.1).
 */
// #region pick
export function smoothPick(servers: readonly Weighted[]): SmoothPick {
  const total = servers.reduce((sum, { weight }) => sum + weight, 0)
  const raised = servers.map(({ weight, currentWeight }) => currentWeight + weight)
  const chosen = raised.indexOf(Math.max(...raised))
  const currentWeights = raised.map((account, at) => (at === chosen ? account - total : account))
  return { chosen, total, raised, currentWeights }
}
// #endregion pick
