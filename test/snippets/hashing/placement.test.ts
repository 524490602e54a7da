import { describe, expect, test } from 'vitest'
import { clusterSlots, firstSlots } from '../../../snippets/hashing/cluster-slot.ts'
import { dealSlots, reshard } from '../../../snippets/hashing/cluster-table.ts'
import type { Node } from '../../../snippets/hashing/node.ts'
import {
  fairShares,
  fewestMoves,
  homeBy,
  movedKeys,
  sharesAt,
  type Way,
} from '../../../snippets/hashing/placement.ts'

const keys = Array.from({ length: 20_000 }, (_, index) => `page:topic:${index}`)
const nodes = (...names: readonly string[]): readonly Node[] => names.map((name) => ({ name }))
const four = nodes('redis1:6379', 'redis2:6379', 'redis3:6379', 'redis4:6379')
const ways: readonly Way[] = ['ring', 'modulo', 'jump', 'rendezvous', 'slots']
const shards = (some: readonly Node[], table = dealSlots(some)) => ({
  ...{ nodes: some, points: 160, table },
})

describe('the table of Redis Cluster', () => {
  test('is dealt out in runs that begin where redis-cli’s begin', () => {
    for (const count of [1, 3, 5, 7]) {
      const some = Array.from({ length: count }, (_, index) => ({ name: `n${index}` }))
      const table = dealSlots(some)
      expect(table).toHaveLength(clusterSlots)
      expect(some.map(({ name }) => table.indexOf(name))).toEqual(firstSlots(count))
    }
  })

  const held = (table: readonly string[], name: string) =>
    table.filter((owner) => owner === name).length

  test('a node that joins takes its share, a part from each, and no other slot moves', () => {
    const before = dealSlots(four.slice(0, 3))
    const after = reshard(before, four)
    const moved = after.filter((owner, slot) => owner !== before[slot])
    expect(new Set(moved)).toEqual(new Set(['redis4:6379']))
    expect(moved).toHaveLength(clusterSlots / 4)
    for (const { name } of four) expect(held(after, name)).toBe(clusterSlots / 4)
  })

  test('a node that goes leaves its slots to all the others, and theirs stay', () => {
    const before = dealSlots(four)
    const rest = four.filter(({ name }) => name !== 'redis2:6379')
    const after = reshard(before, rest)
    expect(after.filter((owner, slot) => owner !== before[slot])).toHaveLength(clusterSlots / 4)
    for (const { name } of rest)
      expect(Math.abs(held(after, name) - clusterSlots / 3)).toBeLessThan(1)
  })

  test('another order of the list moves no slot, and a weight of 3 means three times as many', () => {
    const table = dealSlots(four)
    expect(reshard(table, four.toReversed())).toEqual(table)
    const heavy = reshard(table, [{ name: 'redis1:6379', weight: 3 }, ...four.slice(1)])
    expect(held(heavy, 'redis1:6379')).toBe(clusterSlots / 2)
  })
})

describe('the ways to say where a key lives', () => {
  const movedBy = (way: Way, before: readonly Node[], after: readonly Node[]) => {
    const table = dealSlots(before)
    const homes = [shards(before, table), shards(after, reshard(table, after))].map((some) =>
      homeBy(way, some),
    )
    return movedKeys(keys, homes[0]!, homes[1]!).length / keys.length
  }

  test.each([
    ['modulo', 0.8],
    ['jump', 0.2],
    ['ring', 0.2],
    ['rendezvous', 0.2],
    ['slots', 0.2],
  ] as const)('%s: a fifth that joins four moves %f of the keys', (way, share) => {
    const moved = movedBy(way, four, [...four, { name: 'redis5:6379' }])
    expect(Math.abs(moved - share)).toBeLessThan(0.03)
  })

  test('who takes the second of four out moves most keys by modulo, half by jump, a quarter else', () => {
    const rest = four.filter(({ name }) => name !== 'redis2:6379')
    expect(movedBy('modulo', four, rest)).toBeGreaterThan(0.7)
    expect(movedBy('jump', four, rest)).toBeGreaterThan(0.4)
    for (const way of ['ring', 'rendezvous', 'slots'] as const)
      expect(movedBy(way, four, rest), way).toBeLessThan(0.3)
  })

  test('the list turned round moves keys only where numbers count', () => {
    const moves = ways.filter((way) => movedBy(way, four, four.toReversed()) > 0)
    expect(moves).toEqual(['modulo', 'jump'])
  })

  test('twice the weight is twice the keys, but for jump, which knows no weights', () => {
    const some = [{ name: 'redis1:6379', weight: 2 }, ...four.slice(1)]
    const shareOfFirst = (way: Way) => sharesAt(some, keys, homeBy(way, shards(some)))[0]!
    for (const way of ways) {
      const fair = way === 'jump' ? 0.25 : fairShares(some)[0]!
      expect(Math.abs(shareOfFirst(way) - fair), way).toBeLessThan(0.03)
    }
  })

  test('with one point each the ring is uneven, with 160 it is not', () => {
    const busiest = (points: number) =>
      Math.max(...sharesAt(four, keys, homeBy('ring', { ...shards(four), points })))
    expect(busiest(1)).toBeGreaterThan(0.35)
    expect(busiest(160)).toBeLessThan(0.29)
  })

  test('the fewest moves are what the others lack of their fair shares', () => {
    expect(fewestMoves(four.slice(1), four)).toBeCloseTo(1 / 4)
    expect(fewestMoves(four, four.slice(1))).toBeCloseTo(1 / 4)
    expect(fewestMoves(four, four.toReversed())).toBeCloseTo(0)
    const heavy = [{ name: 'redis1:6379', weight: 2 }, ...four.slice(1)]
    expect(fewestMoves(four, heavy)).toBeCloseTo(2 / 5 - 1 / 4)
  })
})
