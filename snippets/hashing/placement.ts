import { clusterSlot } from './cluster-slot.ts'
import type { ClusterTable } from './cluster-table.ts'
import { HashRing } from './hash-ring.ts'
import { hashText, sharedSeed } from './hash-text.ts'
import { jumpHash } from './jump-hash.ts'
import { moduloNode } from './modulo.ts'
import { type Node, weightOf } from './node.ts'
import { Rendezvous } from './rendezvous.ts'
import { scatteredPoints } from './ring-points.ts'

/** The ways to say where a key lives. */
export type Way = 'ring' | 'modulo' | 'jump' | 'rendezvous' | 'slots'

/** All that any of the ways looks at. */
export interface Shards {
  /** In the order of somebody's list. */
  readonly nodes: readonly Node[]
  /** On the ring, for a weight of 1. */
  readonly points: number
  readonly table: ClusterTable
}

export type Home = (key: string) => string

export const ringOf = ({ nodes, points }: Pick<Shards, 'nodes' | 'points'>): HashRing =>
  new HashRing(nodes, { pointsOf: (node) => scatteredPoints(node, points) })

/** The home of each key, by this way. */
export function homeBy(way: Way, shards: Shards): Home {
  const { nodes, table } = shards
  switch (way) {
    case 'ring': {
      const ring = ringOf(shards)
      return (key) => ring.nodeFor(key)
    }
    case 'modulo': {
      // Who weighs two stands in the list twice.
      const names = nodes.flatMap((node) =>
        Array.from({ length: Math.max(1, Math.round(weightOf(node))) }, () => node.name),
      )
      return (key) => moduloNode(key, names)
    }
    case 'jump':
      // It knows numbers, and neither names nor weights.
      return (key) => nodes[jumpHash(hashText(key, sharedSeed), nodes.length)]!.name
    case 'rendezvous': {
      const bidders = new Rendezvous(nodes)
      return (key) => bidders.nodeFor(key)
    }
    case 'slots':
      return (key) => table[clusterSlot(key)]!
  }
}

/** The keys that have another home afterwards. */
export const movedKeys = (keys: readonly string[], before: Home, after: Home): readonly string[] =>
  keys.filter((key) => before(key) !== after(key))

/** The share of these keys, 0 to 1, that lives on each of these nodes. */
export function sharesAt(
  nodes: readonly Node[],
  keys: readonly string[],
  home: Home,
): readonly number[] {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(home(key), (counts.get(home(key)) ?? 0) + 1)
  return nodes.map(({ name }) => (counts.get(name) ?? 0) / keys.length)
}

/** The share that each node ought to have, by its weight. */
export function fairShares(nodes: readonly Node[]): readonly number[] {
  const total = nodes.reduce((sum, node) => sum + weightOf(node), 0)
  return nodes.map((node) => weightOf(node) / total)
}

/** The least share of the keys that has to move for everybody to have his fair share: what some lack. */
export function fewestMoves(before: readonly Node[], after: readonly Node[]): number {
  const had = new Map(fairShares(before).map((share, index) => [before[index]!.name, share]))
  return fairShares(after).reduce(
    (sum, share, index) => sum + Math.max(0, share - (had.get(after[index]!.name) ?? 0)),
    0,
  )
}
