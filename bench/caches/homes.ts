import ConsistentHash from 'consistent-hash'
import keySlot from 'cluster-key-slot'
import { clusterSlot } from '../../snippets/hashing/cluster-slot.ts'
import { crc32OfText } from '../../snippets/hashing/crc32.ts'
import { HashRing } from '../../snippets/hashing/hash-ring.ts'
import { hashText, sharedSeed } from '../../snippets/hashing/hash-text.ts'
import { jumpHash } from '../../snippets/hashing/jump-hash.ts'
import { moduloNode } from '../../snippets/hashing/modulo.ts'
import { Rendezvous } from '../../snippets/hashing/rendezvous.ts'
import { nginxPoints } from '../../snippets/hashing/ring-points.ts'
import { SlotTable } from '../../snippets/hashing/slot-table.ts'
import { type Contender, found, keyOf, pace } from './job.ts'

interface Homes {
  nodeFor(key: string): string
  /** With one node more. */
  with(node: { readonly name: string }): Homes
}
type Build = (names: readonly string[]) => Homes

const named = (names: readonly string[]) => names.map((name) => ({ name }))

const peer =
  (points: number): Build =>
  (names) => {
    const ring = new ConsistentHash()
    for (const name of names) ring.add(name, points)
    const homes: Homes = {
      nodeFor: (key) => ring.get(key),
      with: ({ name }) => (ring.add(name, points), homes),
    }
    return homes
  }

const builtAnew = (build: (names: readonly string[]) => Pick<Homes, 'nodeFor'>): Build => {
  const all: Build = (names) => {
    const { nodeFor } = build(names)
    return { nodeFor, with: ({ name }) => all([...names, name]) }
  }
  return all
}

const builds: Readonly<Record<string, Build>> = {
  // 40 points a node is its default; it draws them, so two processes do not agree.
  'consistent-hash': peer(40),
  'consistent-hash, 160 points': peer(160),
  HashRing: (names) => new HashRing(named(names)),
  'HashRing, nginx’s points': (names) =>
    new HashRing(named(names), { pointsOf: nginxPoints, hash: crc32OfText }),
  SlotTable: (names) => new SlotTable(named(names)),
  Rendezvous: builtAnew((names) => {
    const bidders = new Rendezvous(named(names))
    return { nodeFor: (key) => bidders.nodeFor(key) }
  }),
  jumpHash: builtAnew((names) => ({
    nodeFor: (key) => names[jumpHash(hashText(key, sharedSeed), names.length)]!,
  })),
  modulo: builtAnew((names) => ({ nodeFor: (key) => moduloNode(key, names) })),
}

const keys = Array.from({ length: 2 ** 16 }, (_, number) => keyOf(number))

function paceOf(lookup: (key: string) => string | number): number {
  const rounds = 5
  return pace(keys.length * rounds, () => {
    for (let round = 0; round < rounds; round++)
      for (let at = 0; at < keys.length; at++) found.last = lookup(keys[at]!)
  })
}

const nodeNames = (count: number) =>
  Array.from({ length: count }, (_, node) => `10.0.${node >> 8}.${node & 255}:6379`)

const home =
  (build: Build): Contender =>
  (count) => {
    const names = nodeNames(count + 1)
    const homes = build(names.slice(0, count))
    return {
      round: () => paceOf((key) => homes.nodeFor(key)),
      facts: () => {
        const counts = new Map<string, number>()
        const before = keys.map((key) => homes.nodeFor(key))
        for (const node of before) counts.set(node, (counts.get(node) ?? 0) + 1)
        const more = homes.with({ name: names[count]! })
        const after = keys.map((key) => more.nodeFor(key))
        const moved = after.filter((node, at) => node !== before[at])
        return {
          balance: (Math.max(...counts.values()) * count) / keys.length,
          moved: (moved.length * (count + 1)) / keys.length,
          stray: moved.filter((node) => node !== names[count]).length / keys.length,
        }
      },
    }
  }

export const homes: Readonly<Record<string, Contender>> = Object.fromEntries(
  Object.entries(builds).map(([name, build]) => [name, home(build)]),
)

export const slots: Readonly<Record<string, Contender>> = {
  'cluster-key-slot': () => ({ round: () => paceOf(keySlot) }),
  clusterSlot: () => ({ round: () => paceOf(clusterSlot) }),
}
