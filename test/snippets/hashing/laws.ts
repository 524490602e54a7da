import fc from 'fast-check'
import { crc32 as zlibCrc32 } from 'node:zlib'
import { expect } from 'vitest'
import type * as Cluster from '../../../snippets/hashing/cluster-slot.ts'
import type * as Crc from '../../../snippets/hashing/crc32.ts'
import type * as Ring from '../../../snippets/hashing/hash-ring.ts'
import type * as Text from '../../../snippets/hashing/hash-text.ts'
import type * as Jump from '../../../snippets/hashing/jump-hash.ts'
import type { Node } from '../../../snippets/hashing/node.ts'
import type * as Points from '../../../snippets/hashing/ring-points.ts'
import type * as Bids from '../../../snippets/hashing/rendezvous.ts'
import type * as Table from '../../../snippets/hashing/slot-table.ts'
import type { Load } from '../nginx/planted-bugs.ts'
import { fuzzSeed } from '../nginx/seeded.ts'
import { naiveCrc16, naiveRing, naiveJumpShare } from './naive.ts'

export type Hashing = typeof Cluster &
  typeof Crc &
  typeof Ring &
  typeof Text &
  typeof Jump &
  typeof Points &
  typeof Bids &
  typeof Table

const modules = ['cluster-slot', 'crc32', 'hash-ring', 'hash-text', 'jump-hash', 'ring-points']
  .concat('rendezvous', 'slot-table')
  .map((name) => `hashing/${name}.ts`)

export const loadHashing = async (load: Load): Promise<Hashing> =>
  Object.assign({}, ...(await Promise.all(modules.map(load)))) as Hashing

fc.configureGlobal({ seed: fuzzSeed(), endOnFailure: true })

const keys = Array.from({ length: 4000 }, (_, index) => `user:${index}:profile`)
const text = fc.string({
  unit: fc.constantFrom('a', 'Z', '{', '}', ':', '中', '😀', '\ud800', '\0'),
})
const weight = fc.constantFrom(undefined, 1, 2, 3)
const nodes = fc.uniqueArray(
  fc.record({ name: fc.nat(60).map((port) => `10.0.0.1:${6300 + port}`), weight }),
  { minLength: 2, maxLength: 9, selector: ({ name }) => name },
)

interface Homes {
  nodeFor(key: string): string
}
type Build = (nodes: readonly Node[]) => Homes

/** Each place in which a key can live by the node's name. */
const namedHomes = (hashing: Hashing): Readonly<Record<string, Build>> => ({
  ring: (nodes) => new hashing.HashRing(nodes),
  'nginx ring': (nodes) =>
    new hashing.HashRing(nodes, { pointsOf: hashing.nginxPoints, hash: hashing.crc32OfText }),
  rendezvous: (nodes) => new hashing.Rendezvous(nodes),
  slots: (nodes) => new hashing.SlotTable(nodes),
})

const ownersOf = (homes: Homes) => keys.map((key) => homes.nodeFor(key))

/** True of every right implementation; each throws when it finds the hashing at fault. */
export const laws = {
  'CRC-32 is zlib’s, of any text': ({ crc32OfText, crc32, bytesOf }: Hashing) =>
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ maxLength: 40 })), (text) => {
        expect(crc32OfText(text)).toBe(zlibCrc32(bytesOf(text)))
        // Node's own forgets what was before when nothing follows.
        if (text) expect(crc32(bytesOf(text), 7)).toBe(zlibCrc32(bytesOf(text), 7))
      }),
      { numRuns: 5000 },
    ),

  'Redis Cluster’s slot is that of the specification, bit by bit': ({ clusterSlot }: Hashing) => {
    expect(clusterSlot('123456789')).toBe(0x31c3)
    expect(clusterSlot('{user1000}.following')).toBe(clusterSlot('{user1000}.followers'))
    fc.assert(
      fc.property(text, (text) => {
        const tag = /^[^{]*\{([^}]+)\}/s.exec(text)?.[1] ?? text
        expect(clusterSlot(text)).toBe(naiveCrc16(tag) % 16_384)
      }),
      { numRuns: 20_000 },
    )
  },

  'redis-cli deals out all slots, and shares differ by one': ({
    firstSlots,
    clusterSlots,
  }: Hashing) => {
    expect(firstSlots(3)).toEqual([0, 5461, 10_923])
    for (let count = 1; count <= 100; count++) {
      const ends = [...firstSlots(count), clusterSlots]
      const shares = ends.slice(1).map((end, index) => end - ends[index]!)
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
    }
  },

  'the hash of a text is even in its top and its bottom bits, and another with another seed': ({
    hashText,
  }: Hashing) => {
    for (const seed of [0, 7]) {
      const hashes = keys.map((key) => hashText(key, seed))
      expect(new Set(hashes).size).toBe(keys.length)
      for (const bucketOf of [(hash: number) => hash >>> 26, (hash: number) => hash & 63]) {
        const counts = new Array<number>(64).fill(0)
        for (const hash of hashes) counts[bucketOf(hash)]!++
        const mean = keys.length / 64
        const chiSquare = counts.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0)
        // 63 degrees of freedom: beyond 130 once in a million.
        expect(chiSquare).toBeLessThan(130)
      }
    }
    expect(hashText('a', 1)).not.toBe(hashText('a', 2))
    expect(hashText('\ud800', 0)).not.toBe(hashText('\ud801', 0))
  },

  'the ring finds what looking at all points finds': (hashing: Hashing) =>
    fc.assert(
      fc.property(nodes, fc.boolean(), fc.nat(10), (nodes, likeNginx, count) => {
        const rules = likeNginx
          ? { pointsOf: hashing.nginxPoints, hash: hashing.crc32OfText }
          : { pointsOf: hashing.scatteredPoints, hash: (key: string) => hashing.hashText(key, 0) }
        const ring = new hashing.HashRing(nodes, rules)
        const naive = naiveRing(nodes, rules)
        for (const key of keys.slice(0, 200)) {
          const homes = naive(key)
          expect(ring.nodeFor(key)).toBe(homes[0])
          expect(ring.nodesFor(key, count)).toEqual(homes.slice(0, count))
          expect(ring.pointAt(ring.indexFor(key)).node).toBe(homes[0])
        }
      }),
      { numRuns: 15 },
    ),

  'the ring goes round: after the last point comes the first': ({ HashRing }: Hashing) => {
    const places: Record<string, number> = {
      first: 5,
      end: 2 ** 32 - 1,
      a: 2 ** 31,
      b: 2 ** 32 - 9,
    }
    const rules = {
      pointsOf: ({ name }: Node) => (name === 'a' ? [5, 2 ** 31] : [6, 2 ** 32 - 10]),
      hash: (key: string) => places[key]!,
    }
    const ring = new HashRing([{ name: 'b' }, { name: 'a' }], rules)
    expect(Object.keys(places).map((key) => ring.nodeFor(key))).toEqual(['a', 'a', 'a', 'a'])
    expect(ring.nodesFor('end', 2)).toEqual(['a', 'b'])
    expect(ring.indexFor('end')).toBe(0)
    const same = new HashRing([{ name: 'b' }, { name: 'a' }], { ...rules, pointsOf: () => [7] })
    expect([same.nodeFor('first'), same.size]).toEqual(['a', 1])
  },

  'the order of the nodes doesn’t matter': (hashing: Hashing) =>
    fc.assert(
      fc.property(nodes, (nodes) => {
        for (const build of Object.values(namedHomes(hashing)))
          expect(ownersOf(build(nodes.toReversed()))).toEqual(ownersOf(build(nodes)))
      }),
      { numRuns: 3 },
    ),

  'who joins takes keys, who leaves leaves them, and no other key moves': (hashing: Hashing) =>
    fc.assert(
      fc.property(nodes, (nodes) => {
        const [joins, ...rest] = nodes
        for (const build of Object.values(namedHomes(hashing))) {
          const [few, all] = [ownersOf(build(rest)), ownersOf(build(nodes))]
          const moved = all.filter((owner, index) => owner !== few[index])
          expect(moved.every((owner) => owner === joins!.name)).toBe(true)
          expect(moved.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 3 },
    ),

  'with and without make what a new one would be, and leave the old as it was': (
    hashing: Hashing,
  ) =>
    fc.assert(
      fc.property(nodes, (nodes) => {
        const [one, ...rest] = nodes
        for (const Kind of [hashing.HashRing, hashing.SlotTable]) {
          const few = new Kind(rest)
          const before = ownersOf(few)
          const all = few.with(one!)
          expect(ownersOf(all)).toEqual(ownersOf(new Kind([...rest, one!])))
          expect(ownersOf(all.without(one!.name))).toEqual(before)
          expect(ownersOf(new Kind(nodes).without(one!.name))).toEqual(before)
          expect(ownersOf(few)).toEqual(before)
        }
      }),
      { numRuns: 3 },
    ),

  'a node of three times the weight has three times the keys': (hashing: Hashing) => {
    for (const [name, build] of Object.entries(namedHomes(hashing))) {
      const owners = ownersOf(build([{ name: 'a:1' }, { name: 'b:1' }, { name: 'c:1', weight: 3 }]))
      const share = owners.filter((owner) => owner === 'c:1').length / keys.length
      expect(Math.abs(share - 0.6), `${name}: ${share}`).toBeLessThan(0.06)
    }
  },

  'jump hash: a new bucket takes its share from the others, and nothing else moves': ({
    jumpHash,
    hashText,
  }: Hashing) => {
    const hashes = keys.map((key) => hashText(key, 0))
    for (let buckets = 1; buckets < 40; buckets++) {
      const moved = hashes.filter((hash) => {
        const [before, after] = [jumpHash(hash, buckets), jumpHash(hash, buckets + 1)]
        if (after !== before) expect(after).toBe(buckets)
        return after !== before
      })
      expect(Math.abs(moved.length / keys.length - naiveJumpShare(buckets))).toBeLessThan(0.03)
    }
  },
} satisfies Readonly<Record<string, (hashing: Hashing) => void>>

export type Law = keyof typeof laws
