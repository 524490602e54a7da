import { golden, hashText, sharedSeed } from './hash-text.ts'
import { atLeastOne, type Node, weightOf } from './node.ts'
import { bid, seedOf } from './rendezvous.ts'

const slotBits = 16
const slots = 2 ** slotBits
const everySlot = Uint32Array.from({ length: slots }, (_, slot) => slot)

/** The bids of a table before, and for which slots the nodes from number `from` on shall bid now. */
interface Bidden {
  readonly owners: Uint16Array
  readonly bids: Float64Array
  readonly open: Uint32Array
  readonly from: number
}

/**
 * A key's hash names one of 65,536 slots, and the nodes have bid for each slot as in rendezvous
 * hashing: its evenness and its few moves, for one look at a table. The work is done when a
 * node comes or goes, O(slots), and O(slots × nodes) at the beginning.
 *
 * A table never changes: `with` and `without` make another, and both can be asked while keys move.
 */
export class SlotTable {
  readonly nodes: readonly Node[]
  readonly #names: readonly string[]
  /** For each slot its node's place in `nodes`, and what that node bade. */
  readonly #owners: Uint16Array
  readonly #bids: Float64Array

  constructor(nodes: readonly Node[], bidden?: Bidden) {
    this.nodes = atLeastOne(nodes)
    this.#names = nodes.map(({ name }) => name)
    if (new Set(this.#names).size < nodes.length)
      throw new RangeError(`Two nodes have one name: ${this.#names.join(', ')}`)
    this.#owners = bidden?.owners ?? new Uint16Array(slots)
    this.#bids = bidden?.bids ?? new Float64Array(slots)
    const open = bidden?.open ?? everySlot
    for (let index = bidden?.from ?? 0; index < nodes.length; index++) this.#claim(index, open)
  }

  // #region node-for
  nodeFor(key: string): string {
    return this.#names[this.#owners[hashText(key, sharedSeed) >>> (32 - slotBits)]!]!
  }
  // #endregion node-for

  /** The new node bids for every slot; the others' bids stand. */
  with(node: Node): SlotTable {
    const [owners, bids] = [this.#owners.slice(), this.#bids.slice()]
    return new SlotTable([...this.nodes, node], {
      owners,
      bids,
      open: everySlot,
      from: this.nodes.length,
    })
  }

  /** All who stay bid for the slots of the one that goes, and for no others. */
  without(name: string): SlotTable {
    const gone = this.#names.indexOf(name)
    const open = everySlot.filter((slot) => this.#owners[slot] === gone)
    const owners = this.#owners.map((owner) => (owner > gone ? owner - 1 : owner))
    const bids = this.#bids.map((highest, slot) => (this.#owners[slot] === gone ? 0 : highest))
    const nodes = this.nodes.filter((node) => node.name !== name)
    return gone < 0 ? this : new SlotTable(nodes, { owners, bids, open, from: 0 })
  }

  // #region claim
  /** The node bids for these slots, and takes those for which nobody has bidden more. */
  #claim(index: number, open: Uint32Array): void {
    const seed = seedOf(this.nodes[index]!)
    const weight = weightOf(this.nodes[index]!)
    for (const slot of open) {
      const bids = bid(Math.imul(slot + 1, golden), seed, weight)
      if (bids < this.#bids[slot]!) continue
      this.#bids[slot] = bids
      this.#owners[slot] = index
    }
  }
  // #endregion claim
}
