import { describe, expect, test } from 'vitest'
import { messages } from '../../../.vitepress/theme/explorers/ring/ring-messages.ts'
import { arcsOf, sharesOf } from '../../../.vitepress/theme/explorers/parts/ring-picture.ts'
import {
  bandsOf,
  marksOf,
  sectorsFor,
  sectorsOf,
} from '../../../.vitepress/theme/explorers/ring/ring-sectors.ts'
import {
  addressOf,
  drawnKeys,
  freeName,
  homeIn,
  isCrowded,
  make,
  mostServers,
  movedBy,
  newSession,
  turnOf,
  ways,
  worldBefore,
  worldOf,
  type Session,
} from '../../../.vitepress/theme/explorers/ring/ring-session.ts'
import { stories, type StoryId } from '../../../.vitepress/theme/explorers/ring/ring-stories.ts'
import {
  pictureWords,
  rowsOf,
  wordsOf,
} from '../../../.vitepress/theme/explorers/ring/ring-words.ts'
import { ringOf, type Way } from '../../../snippets/hashing/placement.ts'

const storyIds = Object.keys(stories) as readonly StoryId[]

/** A story, as far as this many of its steps. */
const told = (id: StoryId, steps = Infinity): Session =>
  stories[id].moves.slice(0, steps).reduce(make, newSession(stories[id].servers))

/** How many of the drawn keys each step of a story moves. */
const movesIn = (id: StoryId, way: Way) =>
  stories[id].moves.map((_, index) => {
    const session = told(id, index + 1)
    const worlds = [worldBefore(session), worldOf(session)] as const
    return movedBy(drawnKeys, worlds, way, stories[id].points).length
  })

describe('the ring explorer', () => {
  test.each(storyIds)('every step of the story "%s" can be made', (id) => {
    expect(told(id).played).toHaveLength(stories[id].moves.length)
  })

  test('one that joins takes keys from the others by the ring, and nobody else gets any', () => {
    for (const steps of [1, 2, 3]) {
      const session = told('joins', steps)
      const [before, after] = [worldBefore(session), worldOf(session)]
      const home = homeIn(after, 'ring', 10)
      const moved = movedBy(drawnKeys, [before, after], 'ring', 10)
      expect(moved.length).toBeGreaterThan(0)
      expect(new Set(moved.map(home))).toEqual(new Set([addressOf(3 + steps)]))
    }
  })

  test('by modulo the same steps move most keys', () => {
    for (const count of movesIn('joins', 'modulo'))
      expect(count).toBeGreaterThan(drawnKeys.length / 2)
  })

  test('who dies and comes back gets exactly its own keys again', () => {
    const homes = [told('dies', 0), told('dies')].map((session) =>
      homeIn(worldOf(session), 'ring', 10),
    )
    expect(drawnKeys.map(homes[1]!)).toEqual(drawnKeys.map(homes[0]!))
  })

  test('with one point each all that the dead one had goes to one neighbour', () => {
    const session = told('alone', 1)
    const home = homeIn(worldOf(session), 'ring', 1)
    const moved = movedBy(drawnKeys, [worldBefore(session), worldOf(session)], 'ring', 1)
    expect(moved.length).toBeGreaterThan(1)
    expect(new Set(moved.map(home)).size).toBe(1)
  })

  test('the list turned round moves nothing by the ring, and nearly everything by modulo', () => {
    expect(movesIn('order', 'ring')[0]).toBe(0)
    expect(movesIn('order', 'modulo')[0]).toBeGreaterThan(drawnKeys.length / 2)
  })

  test('no two servers have one name, the last one stays, and there is an end to adding', () => {
    const one = newSession(1)
    expect(make(one, { kind: 'goes', name: addressOf(1) })).toBe(one)
    expect(make(one, { kind: 'joins', name: addressOf(1) })).toBe(one)
    expect(make(one, { kind: 'weighs', name: addressOf(1), weight: 1 })).toBe(one)
    const full = newSession(mostServers)
    expect(make(full, { kind: 'joins', name: freeName(worldOf(full)) })).toBe(full)
    const gap = make(newSession(4), { kind: 'goes', name: addressOf(2) })
    expect(freeName(worldOf(gap))).toBe(addressOf(2))
  })

  test('a server that comes back stands in the list where it stood', () => {
    const names = worldOf(told('dies')).nodes.map(({ name }) => name)
    expect(names).toEqual([1, 2, 3, 4].map(addressOf))
  })

  test.each(ways)('%s: no mark of a key covers another, and three lanes are enough', (way) => {
    const places = drawnKeys.map((key) => ({ key, at: turnOf(key, way) }))
    const marks = marksOf(places, 0.036)
    expect(Math.max(...marks.map(({ lane }) => lane))).toBeLessThan(3)
    for (const one of marks)
      for (const other of marks) {
        if (one === other || one.lane !== other.lane) continue
        const distance = Math.abs(one.at - other.at)
        expect(Math.min(distance, 1 - distance)).toBeGreaterThanOrEqual(0.036)
      }
  })

  test('of thousands of points the bands say how much of each sector is whose', () => {
    const world = worldOf(told('crowd', 1))
    expect([isCrowded(world, 160), isCrowded(world, 1)]).toEqual([true, false])
    const names = world.nodes.map(({ name }) => name)
    const arcs = arcsOf(ringOf({ ...world, points: 160 }), names)
    const sectors = sectorsOf(arcs, names.length, sectorsFor(names.length))
    for (const own of sectors) expect(own.reduce((sum, share) => sum + share)).toBeCloseTo(1)
    const byBands = names.map((_, server) =>
      sectors.reduce((sum, own) => sum + own[server]! / sectors.length, 0),
    )
    sharesOf(arcs, names.length).forEach((share, server) =>
      expect(byBands[server]).toBeCloseTo(share),
    )
    const bands = bandsOf(sectors, 56, 102)
    expect(bands).toHaveLength(25)
    expect(bands.join('')).not.toContain('NaN')
  })

  test('a step is told with its keys, their share, and what had to move at least', () => {
    const session = told('joins', 1)
    const worlds = [worldBefore(session), worldOf(session)] as const
    const sentences = wordsOf(session.played[0]!.move, worlds, 'modulo', 10, messages.en)
    expect(sentences).toMatch(
      /^redis4 joins\. 1\d of 24 keys move: [\d, ]+\. Of 10,000 keys 7[4-6]\.\d% move; it can’t be done with less than 25\.0%\.$/,
    )
  })

  test('the picture’s words name every server’s share, and each key once', () => {
    const rows = rowsOf(worldOf(told('joins')), 'ring', 10)
    expect(rows.flatMap(({ keys }) => keys).sort()).toEqual(
      drawnKeys.map((key) => key.slice('page:topic:'.length)).sort(),
    )
    expect(rows.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
    const words = pictureWords(rows, 'ring', messages.zh)
    expect(words).toContain('redis6 占 ')
    expect(words).toContain('redis6 有 ')
  })

  test('both languages have the same texts', () => {
    const shape = (value: object): unknown =>
      Object.entries(value).map(([key, inner]: [string, unknown]) => [
        key,
        typeof inner === 'object' && inner && !Array.isArray(inner) ? shape(inner) : typeof inner,
      ])
    expect(shape(messages.zh)).toEqual(shape(messages.en))
  })
})
