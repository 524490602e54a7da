import { sharesAt, type Way } from '../../../../snippets/hashing/placement.ts'
import type { RingTexts } from './ring-messages.ts'
import {
  drawnKeys,
  fewestBy,
  figureOfKey,
  homeIn,
  manyKeys,
  movedBy,
  type Move,
  type Points,
  type World,
} from './ring-session.ts'
import { nameOf } from '../parts/server-marks.ts'

/** `24.9%` in both languages. */
export const percent = (share: number): string => `${(100 * share).toFixed(1)}%`

export const wordsOfMove = (move: Move, texts: RingTexts): string =>
  texts.moves[move.kind](
    'name' in move ? nameOf(move) : '',
    move.kind === 'weighs' ? move.weight : 1,
  )

/** A step in sentences: what it was, and what it moved. */
export function wordsOf(
  move: Move,
  worlds: readonly [World, World],
  way: Way,
  points: Points,
  texts: RingTexts,
): string {
  const figures = movedBy(drawnKeys, worlds, way, points).map(figureOfKey)
  const ofMany = movedBy(manyKeys, worlds, way, points).length / manyKeys.length
  return texts.join([
    wordsOfMove(move, texts),
    texts.moved(figures, drawnKeys.length),
    texts.ofMany(percent(ofMany), percent(fewestBy(worlds))),
  ])
}

export interface ServerRow {
  readonly name: string
  readonly weight: number
  readonly share: number
  /** The figures of the drawn keys that live there. */
  readonly keys: readonly string[]
}

export function rowsOf(world: World, way: Way, points: Points): readonly ServerRow[] {
  const home = homeIn(world, way, points)
  const shares = sharesAt(world.nodes, manyKeys, home)
  return world.nodes.map(({ name, weight = 1 }, index) => ({
    ...{ name, weight, share: shares[index]! },
    keys: drawnKeys.filter((key) => home(key) === name).map(figureOfKey),
  }))
}

/** All that the picture shows. */
export function pictureWords(rows: readonly ServerRow[], way: Way, texts: RingTexts): string {
  const { shareOf, homeOf, list, noKeys } = texts
  return texts.pictureWords(
    texts.ways[way],
    rows.map((row) => shareOf(nameOf(row), percent(row.share))),
    rows.map((row) => homeOf(nameOf(row), row.keys.length > 0 ? list(row.keys) : noKeys)),
  )
}
