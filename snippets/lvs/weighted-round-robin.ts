/** Where `wrr` stands: who was chosen last (-1: nobody yet), and how heavy a server must be now. */
export interface Turn {
  readonly last: number
  readonly threshold: number
}

export interface Picked {
  /** The server's place in the list; undefined, if all weigh 0. */
  readonly chosen: number | undefined
  readonly turn: Turn
}

export const beforeFirst: Turn = { last: -1, threshold: 0 }

/**
 * Goes round the list again and again, each time asking for less: first only the heaviest are
 * chosen, in the last round all are. The shares are those of nginx's smooth weighted round robin,
 * the order is another: a heavy server's turns come in a run. Source: ipvsadm(8), `wrr`; the order
 * is that of Linux since 3.11.
 */
// #region pick
export function weightedRoundRobin(weights: readonly number[], { last, threshold }: Turn): Picked {
  const step = Math.max(1, weights.reduce(gcd, 0))
  const top = highest(weights, step)
  if (top === 0) return { chosen: undefined, turn: { last, threshold } }
  let least = threshold
  for (let at = last + 1; ; at++) {
    if (at === weights.length) {
      at = 0
      // The round is over: ask for less, or begin at the top again.
      least = least - step <= 0 ? top : least - step
    }
    if (weights[at]! >= least) return { chosen: at, turn: { last: at, threshold: least } }
  }
}
// #endregion pick

/** A server was added: the round begins anew, but at the height where it stood. */
export function listChanged(weights: readonly number[], { threshold }: Turn): Turn {
  const step = Math.max(1, weights.reduce(gcd, 0))
  const top = highest(weights, step)
  if (threshold > top || threshold === 0) return { last: -1, threshold: top }
  const onStep = step > 1 ? Math.floor(threshold / step) * step + 1 : threshold
  return { last: -1, threshold: onStep }
}

/** The lowest threshold that only the heaviest servers reach, one step's last unit. */
const highest = (weights: readonly number[], step: number): number =>
  Math.max(0, Math.max(0, ...weights) - (step - 1))

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))
