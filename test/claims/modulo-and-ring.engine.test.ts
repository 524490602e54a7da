import { expect } from 'vitest'
import { HashRing } from '../../snippets/hashing/hash-ring.ts'
import { moduloNode } from '../../snippets/hashing/modulo.ts'
import { seededRandom } from '../../snippets/sim/random.ts'
import { claimsOn } from './claim.ts'
import { apart, four, type HomeOf, named, onBareRing, onRing, percent } from './spread.ts'
import { shares, three, topics } from './spread.ts'

const claim = claimsOn(() => ({ Node: process.versions.node }))

const keys = topics(20_000)
const byModulo =
  (names: readonly string[]): HomeOf =>
  (key) =>
    moduloNode(key, names)

claim(
  'modulo-moves-three-quarters',
  'from three servers to four: by modulo three of four keys have another home',
  async ({ figure }) => {
    const moved = apart(keys, byModulo(three), byModulo(four)).length / keys.length
    expect(moved).toBeGreaterThan(0.73)
    expect(moved).toBeLessThan(0.77)
    figure({
      en: `20,000 keys, from three servers to four: ${percent(moved)} move`,
      zh: `20,000 个键，三台变四台：${percent(moved)} 搬了家`,
    })
  },
)

claim(
  'ring-moves-a-quarter',
  'from three servers to four: on a ring one of four keys moves, and each of them to the new server',
  async ({ figure }) => {
    const after = onRing(four)
    const moving = apart(keys, onRing(three), after)
    const stray = moving.filter((key) => after(key) !== four[3])
    const moved = moving.length / keys.length
    expect(moved).toBeGreaterThan(0.2)
    expect(moved).toBeLessThan(1.2 / 4)
    expect(stray).toEqual([])
    figure({
      en: `20,000 keys, from three servers to four, 160 points each: ${percent(moved)} move, ${stray.length} of them between the old ones`,
      zh: `20,000 个键，三台变四台，每台 160 个点：${percent(moved)} 搬了家，其中在旧服务器之间挪动的有 ${stray.length} 个`,
    })
  },
)

claim(
  'order-changes-the-home',
  'two web servers that list the same three Redis in another order: by modulo they look in different places, on the ring in the same',
  async ({ figure }) => {
    const [a, b, c] = three
    const [swapped, rotated] = [
      [b!, a!, c!],
      [c!, a!, b!],
    ]
    const differing = (place: (names: readonly string[]) => HomeOf, other: readonly string[]) =>
      apart(keys, place(three), place(other)).length / keys.length
    const [two, all] = [differing(byModulo, swapped), differing(byModulo, rotated)]
    const ring = [differing(onRing, swapped), differing(onRing, rotated)]
    expect(two).toBeGreaterThan(0.64)
    expect(two).toBeLessThan(0.7)
    expect(all).toBe(1)
    expect(ring).toEqual([0, 0])
    figure({
      en: `Two of three lines swapped: the servers disagree on ${percent(two)} of the keys; the last line moved to the top: on ${percent(all)}; on the ring on ${ring[0]} and ${ring[1]}`,
      zh: `三行里对调两行：两台服务器对 ${percent(two)} 的键意见不一；把最后一行挪到最前：${percent(all)}；用环，两回都是 ${ring[0]}`,
    })
  },
)

/** A ring whose points this process has drawn for itself. */
function onDrawnRing(names: readonly string[], process: number): HomeOf {
  const random = seededRandom(process)
  const points = () => Array.from({ length: 160 }, () => Math.floor(random() * 2 ** 32))
  const ring = new HashRing(named(names), { pointsOf: points })
  return (key) => ring.nodeFor(key)
}

claim(
  'random-points-disagree',
  'points drawn by chance in each process: two web servers agree on a key no more often than by chance',
  async ({ figure }) => {
    const agreed = (names: readonly string[]) =>
      1 - apart(keys, onDrawnRing(names, 1), onDrawnRing(names, 2)).length / keys.length
    const [ofThree, ofFour] = [agreed(three), agreed(four)]
    expect(ofThree).toBeGreaterThan(0.28)
    expect(ofThree).toBeLessThan(0.38)
    expect(ofFour).toBeGreaterThan(0.2)
    expect(ofFour).toBeLessThan(0.3)
    expect(apart(keys, onDrawnRing(four, 1), onDrawnRing(four, 1)), 'one process').toEqual([])
    figure({
      en: `160 random points each: two processes agree on ${percent(ofThree)} of the keys with three servers, on ${percent(ofFour)} with four`,
      zh: `每台 160 个随机的点：三台时两个进程只在 ${percent(ofThree)} 的键上一致，四台时 ${percent(ofFour)}`,
    })
  },
)

/** For each server that may die: of its keys, the share that the most burdened of the others gets. */
function burdens(place: (names: readonly string[]) => HomeOf): readonly number[] {
  const before = place(four)
  return four.map((dead) => {
    const left = four.filter((name) => name !== dead)
    const orphans = keys.filter((key) => before(key) === dead)
    return Math.max(...shares(orphans, left, place(left))) / orphans.length
  })
}

claim(
  'neighbour-takes-it-all',
  'a server dies: with one point each all its keys fall to one neighbour, with 160 points to all the others',
  async ({ figure }) => {
    const [bare, full] = [burdens(onBareRing), burdens(onRing)]
    expect(bare).toEqual([1, 1, 1, 1])
    const worst = Math.max(...full)
    expect(worst).toBeLessThan(1.3 / 3)
    figure({
      en: `One of four dies: with one point each ${percent(bare[0]!)} of its keys go to one other; with 160 the most burdened of three gets ${percent(worst)}, whoever dies`,
      zh: `四台死了一台：每台一个点，它的键 ${percent(bare[0]!)} 归了同一台；每台 160 个点，无论死的是哪台，三台里分得最多的一台拿 ${percent(worst)}`,
    })
  },
)
