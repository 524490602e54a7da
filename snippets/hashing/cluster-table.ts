import { clusterSlots } from './cluster-slot.ts'
import { atLeastOne, type Node, weightOf } from './node.ts'

/** For each of Redis Cluster's slots the node that has it. Written down, not computed from names. */
export type ClusterTable = readonly string[]

/** How many slots each node shall have, by its weight: all are given out. */
function shares(nodes: readonly Node[]): readonly number[] {
  const total = atLeastOne(nodes).reduce((sum, node) => sum + weightOf(node), 0)
  let weight = 0
  let given = 0
  return nodes.map((node) => {
    weight += weightOf(node)
    const before = given
    given = Math.round((weight / total) * clusterSlots)
    return given - before
  })
}

/** The table of a new cluster: one run of slots after another, as `redis-cli --cluster create` has it. */
export function dealSlots(nodes: readonly Node[]): ClusterTable {
  const runs = shares(nodes)
  return nodes.flatMap(({ name }, index) => Array.from({ length: runs[index]! }, () => name))
}

/**
 * The table after resharding to these nodes. Who has too many slots gives the first of his, who is not
 * there any more gives all, and who has too few takes them; no other slot moves.
 */
// #region reshard
export function reshard(table: ClusterTable, nodes: readonly Node[]): ClusterTable {
  const wanted = shares(nodes)
  /** Above 0: so many to give; below: so many to take. */
  const excess = new Map(nodes.map(({ name }, index) => [name, -wanted[index]!]))
  for (const owner of table) excess.set(owner, (excess.get(owner) ?? 0) + 1)
  const takers = nodes.flatMap(({ name }) =>
    Array.from({ length: Math.max(0, -excess.get(name)!) }, () => name),
  )
  let taken = 0
  return table.map((owner) => {
    const left = excess.get(owner)!
    if (left <= 0) return owner
    excess.set(owner, left - 1)
    return takers[taken++]!
  })
}
// #endregion reshard
