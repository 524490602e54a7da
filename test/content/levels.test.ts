import { describe, expect, test } from 'vitest'
import { LruCache } from '../../snippets/cache/lru-cache.ts'
import { seededRandom } from '../../snippets/sim/random.ts'
import { zipf } from '../../snippets/sim/zipf.ts'
import { readPage } from './pages.ts'

const groups = 3
const rooms = [0, 50, 200, 400, 1000]
const whole = (count: number) => count.toLocaleString('en')
const percent = (part: number, of: number) => `${((100 * part) / of).toFixed(1)}%`

/** What of 100,000 readings comes how far, after as many; of 2,000 topics the main level has room for 1,000. */
function rowOfRoom(room: number): readonly string[] {
  const random = seededRandom(7)
  const topic = zipf(2000, 1, random)
  const main = new LruCache<true>({ capacity: 1000 })
  const near = Array.from({ length: room && groups }, () => new LruCache<true>({ capacity: room }))
  const asked = { main: 0, database: 0 }
  function read(isCounted: boolean) {
    const key = `${topic()}`
    const group = near.length > 0 ? near[Math.floor(random() * near.length)] : undefined
    if (group?.get(key)) return
    const isInMain = main.get(key)
    if (isCounted) asked.main++
    if (isCounted && !isInMain) asked.database++
    if (!isInMain) main.set(key, true)
    group?.set(key, true)
  }
  const readings = 100_000
  for (let count = 0; count < 2 * readings; count++) read(count >= readings)
  const popular = Array.from({ length: 20 }, (_, place) => `${place}`)
  return [
    whole(room),
    percent(readings - asked.main, readings),
    percent(asked.main - asked.database, asked.main),
    percent(asked.main, readings),
    percent(asked.database, readings),
    `${popular.filter((key) => main.get(key)).length}`,
  ]
}

/** 1 ms for each question to a Redis, 20 for one to the database. Undefined: there are no groups. */
function rowOfRatios(near: number | undefined, main: number): readonly string[] {
  const readings = 10_000
  const toMain = readings * (1 - (near ?? 0))
  const toDatabase = toMain * (1 - main)
  const asked = (near === undefined ? 0 : readings) + toMain
  const mean = (asked + 20 * toDatabase) / readings
  return [
    ...(near === undefined ? [] : [`${near * 100}%`]),
    `${main * 100}%`,
    whole(Math.round(toMain)),
    whole(Math.round(toDatabase)),
    mean.toFixed(2),
  ]
}

const rowsOfRooms = rooms.map((room) => [room, rowOfRoom(room)] as const)
const ratios = [
  [undefined, 0.99],
  [0.9, 0.9],
  [0.9, 0.99],
  [0.95, 0.8],
  [0.99, 0],
] as const
const isFigure = (cell: string) => /^[\d,.]+%?$/.test(cell)

describe.each(['en', 'zh'] as const)('the tables of levels, in %s, say', (lang) => {
  const rows = readPage('multi-level.md', lang)
    .text.split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim().replace(' %', '%')))
    .map((cells) => cells.filter(isFigure))

  test.each(rowsOfRooms)('what groups with room for %i spare whom', (_, row) =>
    expect(rows).toContainEqual(row),
  )

  test.each(ratios)('what is left by groups that find %s and a main level that finds %s', (...of) =>
    expect(rows).toContainEqual(rowOfRatios(...of)),
  )
})

test('a small cache finds six of ten readings, as the first question has it', () => {
  const [, found] = rowOfRoom(200)
  expect(Number.parseFloat(found!)).toBeGreaterThan(57)
  expect(Number.parseFloat(found!)).toBeLessThan(63)
})

test('three groups of 200 keep about 450 topics, and each the most popular', () => {
  const random = seededRandom(7)
  const topic = zipf(2000, 1, random)
  const near = Array.from({ length: groups }, () => new LruCache<true>({ capacity: 200 }))
  for (let count = 0; count < 200_000; count++)
    near[Math.floor(random() * groups)]!.set(`${topic()}`, true)
  const topics = Array.from({ length: 2000 }, (_, place) => `${place}`)
  const kept = near.map((group) => topics.filter((key) => group.get(key)))
  const different = new Set(kept.flat()).size
  expect(different).toBeGreaterThan(430)
  expect(different).toBeLessThan(470)
  for (const keys of kept)
    expect(topics.slice(0, 20).filter((key) => keys.includes(key)).length).toBeGreaterThan(18)
})
