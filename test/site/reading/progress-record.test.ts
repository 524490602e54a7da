import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readProgress, writeProgress } from '../../../.vitepress/theme/reading/progress-file.ts'
import {
  kinds,
  merge,
  nothing,
  type Progress,
  withAnswer,
  withDone,
  without,
} from '../../../.vitepress/theme/reading/progress-record.ts'

const monday = { at: '2026-11-23T10:00:00.000Z' }
const tuesday = { at: '2026-11-24T10:00:00.000Z', detail: '1' }

const done = fc.record(
  {
    at: fc
      .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
      .map((date) => date.toISOString()),
    detail: fc.constantFrom('0', '1', 'shown'),
  },
  { requiredKeys: ['at'] },
)
const entries = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'lab/task'), done)
const anyProgress: fc.Arbitrary<Progress> = fc.record({
  read: entries,
  predict: entries,
  exercise: entries,
  task: entries,
})
const ids = (progress: Progress) =>
  kinds.flatMap((kind) => Object.keys(progress[kind]).map((id) => `${kind} ${id}`))

test('doing something again leaves the first time as it was', () => {
  const once = withDone(nothing, 'predict', 'x', monday)
  expect(withDone(once, 'predict', 'x', tuesday)).toBe(once)
})

test('an answer that is given again takes the place of the first', () => {
  const once = withDone(nothing, 'predict', 'x', monday)
  expect(withAnswer(once, 'x', tuesday).predict.x).toEqual(tuesday)
})

test('what is taken back can be done again', () => {
  const once = withDone(nothing, 'task', 'x', monday)
  expect(without(once, 'task', 'x')).toEqual(nothing)
})

describe('merging', () => {
  test('loses nothing of either side', () => {
    fc.assert(
      fc.property(anyProgress, anyProgress, (one, other) => {
        expect(new Set(ids(merge(one, other)))).toEqual(new Set([...ids(one), ...ids(other)]))
      }),
    )
  })

  test('gives the same whichever side comes first, and however often', () => {
    fc.assert(
      fc.property(anyProgress, anyProgress, (one, other) => {
        const both = merge(one, other)
        expect(merge(other, one)).toEqual(both)
        expect(merge(both, other)).toEqual(both)
      }),
    )
  })

  test('keeps the earlier time', () => {
    const one = withDone(nothing, 'read', 'x', tuesday)
    const other = withDone(nothing, 'read', 'x', monday)
    expect(merge(one, other).read.x).toEqual(monday)
  })

  test('keeps the later answer', () => {
    const one = withDone(nothing, 'predict', 'x', tuesday)
    const other = withDone(nothing, 'predict', 'x', monday)
    expect(merge(one, other).predict.x).toEqual(tuesday)
  })
})

describe('a file', () => {
  test('gives back what was written', () => {
    fc.assert(
      fc.property(anyProgress, (progress) => {
        expect(readProgress(writeProgress(progress))).toEqual({ outcome: 'read', progress })
      }),
    )
  })

  test('of npm run lab is taken as tasks', () => {
    const text = JSON.stringify({ version: 1, passed: { 'load-balancer': { balance: monday.at } } })
    expect(readProgress(text)).toEqual({
      outcome: 'read',
      progress: { ...nothing, task: { 'load-balancer/balance': monday } },
    })
  })

  test.each([
    ['{', { outcome: 'not-json' }],
    ['[]', { outcome: 'not-ours' }],
    ['{"version":1}', { outcome: 'not-ours' }],
    ['{"book":"four-tiers","version":2,"done":{}}', { outcome: 'newer', version: 2 }],
    ['{"book":"four-tiers","version":1,"done":[]}', { outcome: 'broken', where: 'done' }],
    [
      '{"book":"four-tiers","version":1,"done":{"task":{"x":{"at":"never"}}}}',
      { outcome: 'broken', where: 'task → x' },
    ],
  ])('that says %s is refused with the reason', (text, reading) => {
    expect(readProgress(text)).toEqual(reading)
  })
})
