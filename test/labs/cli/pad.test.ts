import { expect, test } from 'vitest'
import { padTo } from '../../../labs/cli/pad.ts'

test.each([
  ['hint', 'left', 'hint  |'],
  ['提示', 'left', '提示  |'],
  ['提示', 'right', '  提示|'],
  ['\u001b[2m提示\u001b[22m', 'left', '\u001b[2m提示\u001b[22m  |'],
  ['longer than that', 'left', 'longer than that|'],
] as const)('%j takes six columns on the screen, or what it needs (%s)', (text, side, padded) =>
  expect(`${padTo(text, 6, side)}|`).toBe(padded),
)
