import { describe, expect, test } from 'vitest'
import { clusterSlot } from '../../snippets/hashing/cluster-slot.ts'
import { dealSlots, reshard } from '../../snippets/hashing/cluster-table.ts'
import { HashRing } from '../../snippets/hashing/hash-ring.ts'
import { type Home, homeBy, movedKeys, type Way } from '../../snippets/hashing/placement.ts'
import { scatteredPoints } from '../../snippets/hashing/ring-points.ts'
import { readPage } from './pages.ts'

const servers = ['redis1', 'redis2', 'redis3', 'redis4'].map((host) => `${host}:6379`)
const pages = Array.from({ length: 10_000 }, (_, id) => `page:topic:${id + 1}`)
const named = (names: readonly string[]) => names.map((name) => ({ name }))

/** Slots are dealt out among three, and then carried over, as the explorer has it. */
function homesBy(way: Way) {
  const [three, four, lastThree] = [servers.slice(0, 3), servers, servers.slice(1)].map(named)
  const dealt = dealSlots(three!)
  const grown = reshard(dealt, four!)
  return {
    three: homeBy(way, { nodes: three!, points: 160, table: dealt }),
    four: homeBy(way, { nodes: four!, points: 160, table: grown }),
    withoutFirst: homeBy(way, {
      ...{ nodes: lastThree!, points: 160, table: reshard(grown, lastThree!) },
    }),
  }
}

const busiest = (home: Home) =>
  (Math.max(...servers.map((name) => pages.filter((key) => home(key) === name).length)) * 4) /
  pages.length
const whole = (count: number) => count.toLocaleString('en')

function rowOf(way: Way): readonly string[] {
  const { three, four, withoutFirst } = homesBy(way)
  const joining = movedKeys(pages, three, four)
  const stray = joining.filter((key) => four(key) !== servers[3])
  return [
    busiest(four).toFixed(2),
    whole(joining.length),
    whole(stray.length),
    whole(movedKeys(pages, four, withoutFirst).length),
  ]
}

/** The busiest of four against the mean, by the length of its arcs, of 500 draws of four names. */
function busiestOf(points: number): readonly number[] {
  const pointsOf = ({ name }: { readonly name: string }) =>
    scatteredPoints({ name, weight: points / 160 })
  const draws = Array.from({ length: 500 }, (_, draw) => {
    const net = `10.${draw >> 8}.${draw & 255}`
    const ring = new HashRing(named([1, 2, 3, 4].map((host) => `${net}.${host}:6379`)), {
      pointsOf,
    })
    const arcs = new Map<string, number>()
    let before = ring.pointAt(ring.size - 1).at - 2 ** 32
    for (let index = 0; index < ring.size; index++) {
      const { at, node } = ring.pointAt(index)
      arcs.set(node, (arcs.get(node) ?? 0) + at - before)
      before = at
    }
    return Math.max(...arcs.values()) / 2 ** 30
  })
  return draws.sort((a, b) => a - b)
}

const ways: readonly Way[] = ['modulo', 'ring', 'rendezvous', 'jump', 'slots']
const rowsOfWays = ways.map((way) => [way, rowOf(way)] as const)
const rowsOfPoints = [1, 10, 40, 160, 640].map((points) => {
  const sorted = busiestOf(points)
  return [points, [`${points}`, sorted[250]!.toFixed(2), sorted[475]!.toFixed(2)]] as const
})

const isNumber = (cell: string) => /^[\d,.]+$/.test(cell)

describe.each(['en', 'zh'] as const)('the tables of where keys live, in %s, say', (lang) => {
  const { text } = readPage('many-redis.md', lang)
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map((cells) => cells.filter(isNumber))

  test.each(rowsOfWays)('what %s moves', (_, row) => expect(rows).toContainEqual(row))

  test.each(rowsOfPoints)('how even %i points a server are', (_, row) =>
    expect(rows).toContainEqual(row),
  )

  test('which homes four names of one topic have, and the next ones round the ring', () => {
    const ring = new HashRing(named(servers))
    const hosts = (names: readonly string[]) => names.map((name) => `\`${name.split(':')[0]}\``)
    const copies = [0, 1, 2, 3].map((copy) => ring.nodeFor(`page:topic:7#${copy}`))
    const separated = lang === 'zh' ? '、' : ', '
    expect(text).toContain(hosts(copies).join(separated))
    expect(text).toContain(hosts(ring.nodesFor('page:topic:7', 4)).join(separated))
  })

  test('the slots of a topic and its lock', () => {
    expect(text).toContain(`MOVED ${clusterSlot('page:topic:7')} `)
    expect(clusterSlot('page:{topic:7}')).toBe(clusterSlot('lock:{topic:7}'))
    expect(text).toContain(whole(clusterSlot('page:{topic:7}')))
  })
})
