import { hashText, sharedSeed } from './hash-text.ts'
import { atLeastOne, type Node } from './node.ts'
import { type PointsOf, scatteredPoints } from './ring-points.ts'

/** The points and the hash must be the same wherever the ring is asked. */
export interface RingRules {
  readonly pointsOf: PointsOf
  /** A key's place, 0 to 2³² − 1. */
  readonly hash: (key: string) => number
}

const hashOf = (key: string): number => hashText(key, sharedSeed)

export interface RingPoint {
  /** Where on the ring, 0 to 2³² − 1. */
  readonly at: number
  /** The name of the node that stands there. */
  readonly node: string
}

/**
 * Consistent hashing: nodes stand at many points of a ring, and a key lives with the node whose point
 * comes first, going round from the key's place. A node that joins takes keys from the others and
 * moves no other; one that leaves leaves its own to the rest.
 *
 * A ring never changes: `with` and `without` make another, and both can be asked while keys move.
 * The order of the nodes doesn't matter. A lookup takes O(1): on average, less than one point of the
 * ring lies between the beginning of the key's bucket and the key.
 *
 * Karger and others, "Consistent hashing and random trees", STOC 1997
 */
export class HashRing {
  readonly nodes: readonly Node[]
  readonly #rules: RingRules
  readonly #names: readonly string[]
  /** Sorted; after the last stands the end of the ring, whose owner is the first point's. */
  readonly #points: Uint32Array
  readonly #owners: Uint32Array
  /** For each bucket (a place's top bits) the first point that is not before it. */
  readonly #starts: Uint32Array
  readonly #shift: number

  constructor(nodes: readonly Node[], rules: Partial<RingRules> = {}) {
    this.nodes = atLeastOne(nodes)
    this.#rules = { pointsOf: scatteredPoints, hash: hashOf, ...rules }
    const points = sortedPoints(nodes, this.#rules.pointsOf)
    this.#names = [...new Set(nodes.map(({ name }) => name))]
    const ownerOf = new Map(this.#names.map((name, index) => [name, index]))
    const around = [...points, { at: 2 ** 32 - 1, node: points[0]!.node }]
    this.#points = Uint32Array.from(around, ({ at }) => at)
    this.#owners = Uint32Array.from(around, ({ node }) => ownerOf.get(node)!)
    this.#shift = Math.clz32(points.length * 2)
    this.#starts = startsOf(this.#points, this.#shift)
  }

  /** How many points there are. */
  get size(): number {
    return this.#points.length - 1
  }

  pointAt(index: number): RingPoint {
    return { at: this.#points[index]!, node: this.#names[this.#owners[index]!]! }
  }

  /** The first point at or after the key's place, going round; its index. */
  indexFor(key: string): number {
    return this.#find(key) % this.size
  }

  // #region node-for
  /** The node on which the key lives. */
  nodeFor(key: string): string {
    return this.#names[this.#owners[this.#find(key)]!]!
  }

  #find(key: string): number {
    const place = this.#rules.hash(key)
    let index = this.#starts[place >>> this.#shift]!
    while (this.#points[index]! < place) index++
    return index
  }
  // #endregion node-for

  // #region nodes-for
  /** The key's node and the next different ones going round, `count` in all or as many as there are. */
  nodesFor(key: string, count: number): readonly string[] {
    const found = new Set<string>()
    const wanted = Math.min(count, this.#names.length)
    for (let index = this.#find(key); found.size < wanted; index = (index + 1) % this.size)
      found.add(this.#names[this.#owners[index]!]!)
    return [...found]
  }
  // #endregion nodes-for

  with(node: Node): HashRing {
    return new HashRing([...this.nodes, node], this.#rules)
  }

  without(name: string): HashRing {
    return new HashRing(
      this.nodes.filter((node) => node.name !== name),
      this.#rules,
    )
  }
}

/** Where two nodes have the same point, the name decides: the order of the nodes must not. */
function sortedPoints(nodes: readonly Node[], pointsOf: PointsOf): readonly RingPoint[] {
  const points = nodes.flatMap((node) => pointsOf(node).map((at) => ({ at, node: node.name })))
  const sorted = points.sort((a, b) => a.at - b.at || (a.node < b.node ? -1 : 1))
  return sorted.filter((point, index) => point.at !== sorted[index - 1]?.at)
}

function startsOf(points: Uint32Array, shift: number): Uint32Array {
  let index = 0
  return Uint32Array.from({ length: 2 ** (32 - shift) }, (_, bucket) => {
    while (points[index]! < bucket * 2 ** shift) index++
    return index
  })
}
