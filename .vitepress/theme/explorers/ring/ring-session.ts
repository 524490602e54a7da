import {
  dealSlots,
  reshard,
  type ClusterTable,
} from '../../../../snippets/hashing/cluster-table.ts'
import { clusterSlot, clusterSlots } from '../../../../snippets/hashing/cluster-slot.ts'
import { hashText, sharedSeed } from '../../../../snippets/hashing/hash-text.ts'
import type { Node } from '../../../../snippets/hashing/node.ts'
import { fewestMoves, homeBy, movedKeys, type Way } from '../../../../snippets/hashing/placement.ts'

export const ways: readonly Way[] = ['ring', 'modulo', 'jump', 'rendezvous', 'slots']
export type Points = (typeof pointCounts)[number]
export const pointCounts = [1, 10, 160] as const
export const mostServers = 25
export const mostWeight = 9

export type Move =
  | { readonly kind: 'joins' | 'goes'; readonly name: string }
  | { readonly kind: 'weighs'; readonly name: string; readonly weight: number }
  /** The same servers, listed from the last to the first. */
  | { readonly kind: 'reverses' }

export interface World {
  readonly nodes: readonly Node[]
  /** Who has which of Redis Cluster's slots: as it has come to be, step by step. */
  readonly table: ClusterTable
}

export interface Played {
  readonly number: number
  readonly move: Move
  readonly world: World
}

export interface Session {
  readonly start: World
  readonly played: readonly Played[]
}

export const addressOf = (number: number): string => `redis${number}:6379`
const numberOf = ({ name }: Node): number => Number(/\d+/.exec(name)![0])

export function newSession(count: number): Session {
  const nodes = Array.from({ length: count }, (_, index) => ({ name: addressOf(index + 1) }))
  return { start: { nodes, table: dealSlots(nodes) }, played: [] }
}

export const worldOf = ({ start, played }: Session): World => played.at(-1)?.world ?? start
/** The world before the last step. */
export const worldBefore = ({ start, played }: Session): World => played.at(-2)?.world ?? start

/** The lowest number that no server has. */
export function freeName({ nodes }: World): string {
  let number = 1
  while (nodes.some(({ name }) => name === addressOf(number))) number++
  return addressOf(number)
}

/** The session after this move; the same one if it cannot be made, or changes nothing. */
export function make(session: Session, move: Move): Session {
  const before = worldOf(session)
  const nodes = nodesAfter(before.nodes, move)
  if (nodes === before.nodes) return session
  const world = { nodes, table: reshard(before.table, nodes) }
  const number = session.played.length + 1
  return { ...session, played: [...session.played, { number, move, world }] }
}

function nodesAfter(nodes: readonly Node[], move: Move): readonly Node[] {
  if (move.kind === 'reverses') return nodes.length > 1 ? nodes.toReversed() : nodes
  const known = nodes.find(({ name }) => name === move.name)
  switch (move.kind) {
    case 'joins':
      if (known || nodes.length >= mostServers) return nodes
      // By number: who comes back stands where it stood.
      return [...nodes, { name: move.name }].sort((a, b) => numberOf(a) - numberOf(b))
    case 'goes':
      return known && nodes.length > 1 ? nodes.filter((node) => node !== known) : nodes
    case 'weighs':
      if (!known || (known.weight ?? 1) === move.weight) return nodes
      return nodes.map((node) => (node === known ? { ...node, weight: move.weight } : node))
  }
}

/** So many points can still be told apart. */
const mostPoints = 90

export const isCrowded = ({ nodes }: World, points: Points): boolean =>
  nodes.reduce((sum, { weight = 1 }) => sum + weight * points, 0) > mostPoints

/** So many topics, as the chapter's tables count them. */
const topics = (first: number, count: number) =>
  Array.from({ length: count }, (_, at) => `page:topic:${first + at}`)
export const manyKeys = topics(1, 10_000)
/** Some that lie well apart, by their hashes and by their slots. */
export const drawnKeys = topics(14, 24)
/** `7` of `page:topic:7`. */
export const figureOfKey = (key: string): string => key.slice(key.lastIndexOf(':') + 1)

/** Where a key lies on the circle, in turns: by its hash, or by its slot. */
export const turnOf = (key: string, way: Way): number =>
  way === 'slots' ? clusterSlot(key) / clusterSlots : hashText(key, sharedSeed) / 2 ** 32

export const homeIn = (world: World, way: Way, points: Points) => homeBy(way, { ...world, points })

/** What of these keys the step from one world to the next has moved. */
export const movedBy = (
  keys: readonly string[],
  [before, after]: readonly [World, World],
  way: Way,
  points: Points,
): readonly string[] => movedKeys(keys, homeIn(before, way, points), homeIn(after, way, points))

export const fewestBy = ([before, after]: readonly [World, World]): number =>
  fewestMoves(before.nodes, after.nodes)
