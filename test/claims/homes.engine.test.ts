import { expect } from 'vitest'
import { clusterSlot, clusterSlots } from '../../snippets/hashing/cluster-slot.ts'
import { hashText, sharedSeed } from '../../snippets/hashing/hash-text.ts'
import { jumpHash } from '../../snippets/hashing/jump-hash.ts'
import { Rendezvous } from '../../snippets/hashing/rendezvous.ts'
import { seededRandom } from '../../snippets/sim/random.ts'
import { claimsOn } from './claim.ts'
import { apart, busiestOverMean, four, type HomeOf, named, onRing, percent } from './spread.ts'
import { shares, three, topics } from './spread.ts'

const claim = claimsOn(() => ({ Node: process.versions.node }))

const keys = topics(20_000)

const byJump =
  (names: readonly string[]): HomeOf =>
  (key) =>
    names[jumpHash(hashText(key, sharedSeed), names.length)]!

claim(
  'jump-only-at-the-end',
  'jump hash moves the least there is when a server comes or goes at the end of the list; taking out the first moves nearly everything',
  async ({ figure }) => {
    const moved = (place: typeof byJump, left: readonly string[]) =>
      apart(keys, place(four), place(left)).length / keys.length
    const [last, first] = [moved(byJump, three), moved(byJump, four.slice(1))]
    const ring = moved(onRing, four.slice(1))
    expect(last).toBeGreaterThan(0.23)
    expect(last).toBeLessThan(0.27)
    expect(first).toBeGreaterThan(0.85)
    expect(ring).toBeLessThan(1.2 / 4)
    figure({
      en: `The last of four servers goes: ${percent(last)} of the keys move; the first goes: ${percent(first)}, and ${percent(ring)} on a ring`,
      zh: `四台里走掉最后一台：${percent(last)} 的键搬家；走掉第一台：${percent(first)}，用环则是 ${percent(ring)}`,
    })
  },
)

const found = { last: '' }

/**
 * Milliseconds for the same lookups. Of many short rounds, turn by turn, the quickest counts: whoever
 * else is busy on this machine can only make one slower.
 */
function pace(homes: readonly HomeOf[]): readonly number[] {
  const some = keys.slice(0, 1000)
  const best = homes.map(() => Infinity)
  for (let round = 0; round < 60; round++)
    homes.forEach((homeOf, index) => {
      const begun = performance.now()
      for (const key of some) found.last = homeOf(key)
      best[index] = Math.min(best[index]!, performance.now() - begun)
    })
  return best
}

const servers = (count: number) =>
  Array.from({ length: count }, (_, index) => `10.0.0.${index}:6379`)
const byBids = (names: readonly string[]): HomeOf => {
  const bidders = new Rendezvous(named(names))
  return (key) => bidders.nodeFor(key)
}

claim(
  'rendezvous-asks-everybody',
  'rendezvous asks every server at each lookup: with ten times as many it takes several times as long, and the ring nothing like it',
  async ({ figure }) => {
    const contenders = [byBids, onRing].flatMap((place) => [
      place(servers(10)),
      place(servers(100)),
    ])
    const [bidFew, bidMany, ringFew, ringMany] = pace(contenders) as [
      number,
      number,
      number,
      number,
    ]
    const [bids, ring] = [bidMany / bidFew, ringMany / ringFew]
    expect(bids).toBeGreaterThan(3)
    expect(ring).toBeLessThan(bids / 2)
    figure({
      en: `From 10 servers to 100 a lookup by rendezvous takes ${bids.toFixed(1)} times as long, one on the ring ${ring.toFixed(1)} times`,
      zh: `从 10 台到 100 台，rendezvous 哈希查一次的时间是原来的 ${bids.toFixed(1)} 倍，环是 ${ring.toFixed(1)} 倍`,
    })
  },
)

/** All slots dealt out, to each server as many, in an order that chance has mixed. */
function mixedTable(): readonly string[] {
  const random = seededRandom(16)
  const cards = Array.from({ length: clusterSlots }, (_, slot) => four[slot % four.length]!)
  for (let left = cards.length - 1; left > 0; left--) {
    const drawn = Math.floor(random() * (left + 1))
    ;[cards[left], cards[drawn]] = [cards[drawn]!, cards[left]!]
  }
  return cards
}

claim(
  'slots-are-a-table',
  'slots are written in a table: any server may have any slot, and to give one away moves its keys and nothing else',
  async ({ figure }) => {
    const many = topics(200_000)
    const table = mixedTable()
    const homeIn =
      (owners: readonly string[]): HomeOf =>
      (key) =>
        owners[clusterSlot(key)]!
    const even = busiestOverMean(shares(many, four, homeIn(table)))
    const slot = clusterSlot('page:topic:7')
    const other = four.find((name) => name !== table[slot])!
    const moving = apart(many, homeIn(table), homeIn(table.with(slot, other)))
    expect(even).toBeLessThan(1.03)
    expect(moving).toContain('page:topic:7')
    expect(moving).toEqual(many.filter((key) => clusterSlot(key) === slot))
    expect(moving.length).toBeLessThan((5 * many.length) / clusterSlots)
    figure({
      en: `16,384 slots dealt out in any order, 200,000 keys: busiest over mean ${even.toFixed(2)}; slot ${slot} given to another server: ${moving.length} keys move, all of that slot`,
      zh: `16,384 个槽随便怎么发，200,000 个键：最忙的一台是平均的 ${even.toFixed(2)} 倍；把槽 ${slot} 交给另一台：${moving.length} 个键搬家，全是这个槽里的`,
    })
  },
)
