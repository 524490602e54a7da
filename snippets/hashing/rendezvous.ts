import { golden, hashText, mix32, sharedSeed } from './hash-text.ts'
import { atLeastOne, type Node, weightOf } from './node.ts'

/**
 * What a node bids for something with this hash: the highest bid wins it. The same hash and node,
 * the same bid, whoever else is there; so one node more or less moves only what it wins or had won.
 * A node of twice the weight wins twice as often: −w / ln(u) is the weighted draw's logarithm method.
 *
 * Thaler and Ravishankar, "Using name-based mappings to increase hit rates", 1998
 * Schindelhauer and Schomaker, "Weighted distributed hash tables", SPAA 2005
 */
// #region bid
export function bid(hash: number, seed: number, weight: number): number {
  const drawn = (mix32(hash ^ seed) + 0.5) / 2 ** 32
  return -weight / Math.log(drawn)
}

/** A node's own seed, by its name. */
export const seedOf = ({ name }: Node): number => Math.imul(hashText(name, sharedSeed) | 1, golden)
// #endregion bid

/** Rendezvous hashing, also called highest random weight: every node is asked, O(nodes) a lookup. */
// #region rendezvous
export class Rendezvous {
  readonly #bidders: readonly { name: string; seed: number; weight: number }[]

  constructor(nodes: readonly Node[]) {
    this.#bidders = atLeastOne(nodes).map((node) => ({
      name: node.name,
      seed: seedOf(node),
      weight: weightOf(node),
    }))
  }

  nodeFor(key: string): string {
    const hash = hashText(key, sharedSeed)
    let best = this.#bidders[0]!
    let highest = 0
    for (const bidder of this.#bidders) {
      const bids = bid(hash, bidder.seed, bidder.weight)
      if (bids <= highest) continue
      highest = bids
      best = bidder
    }
    return best.name
  }
}
// #endregion rendezvous
