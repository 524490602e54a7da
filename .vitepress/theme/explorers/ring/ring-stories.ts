import { addressOf, type Move, type Points } from './ring-session.ts'

export type StoryId = 'joins' | 'dies' | 'alone' | 'twice' | 'order' | 'crowd'

export interface Story {
  /** How many servers there are at the beginning, and how many points each of them has. */
  readonly servers: number
  readonly points: Points
  readonly moves: readonly Move[]
}

const joins = (number: number): Move => ({ kind: 'joins', name: addressOf(number) })
const goes = (number: number): Move => ({ kind: 'goes', name: addressOf(number) })
const weighs = (number: number, weight: number): Move => ({
  ...{ kind: 'weighs', name: addressOf(number), weight },
})

export const stories: Readonly<Record<StoryId, Story>> = {
  joins: { servers: 3, points: 10, moves: [joins(4), joins(5), joins(6)] },
  dies: { servers: 4, points: 10, moves: [goes(3), joins(3)] },
  alone: { servers: 4, points: 1, moves: [goes(3), joins(3), goes(1)] },
  twice: { servers: 3, points: 160, moves: [weighs(2, 2), weighs(2, 4), weighs(2, 1)] },
  order: { servers: 4, points: 10, moves: [{ kind: 'reverses' }, goes(3), { kind: 'reverses' }] },
  crowd: { servers: 24, points: 160, moves: [joins(25), goes(7)] },
}
