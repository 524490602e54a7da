import { describe, expect, test } from 'vitest'
import type { Thrown } from '../../../../labs/vitest-worker/report.ts'
import { lineIn, verdictOf } from '../../../../.vitepress/theme/playground/judge/verdict.ts'

const thrown = (rest: Partial<Thrown>): Thrown => ({
  name: 'Error',
  message: '',
  stack: '',
  ...rest,
})
const failed = (error: Partial<Thrown>) =>
  verdictOf('picker.ts', [{ title: 'one', state: 'fail', errors: [thrown(error)] }], [])

test('only what holds altogether passes', () => {
  const holds = { title: 'one', state: 'pass', errors: [] } as const
  expect(verdictOf('picker.ts', [holds], []).outcome).toBe('pass')
  const fails = { title: 'two', state: 'fail', errors: [thrown({})] } as const
  expect(verdictOf('picker.ts', [holds, fails], []).outcome).toBe('fail')
})

test('a check that was skipped does not hold', () => {
  const skipped = { title: 'one', state: 'skip', errors: [] } as const
  expect(verdictOf('picker.ts', [skipped], []).outcome).toBe('fail')
})

test('no check at all is an error, and no pass', () => {
  expect(verdictOf('picker.ts', [], []).outcome).toBe('error')
})

test('an error outside the checks outweighs them', () => {
  const holds = { title: 'one', state: 'pass', errors: [] } as const
  expect(verdictOf('picker.ts', [holds], [thrown({ name: 'UnreadableError' })])).toEqual({
    outcome: 'error',
    problem: { kind: 'unreadable' },
  })
})

test('an assertion tells what was expected and what came', () => {
  expect(failed({ name: 'AssertionError', expected: 'a a b', actual: 'a b a' })).toMatchObject({
    checks: [{ holds: false, expected: 'a a b', received: 'a b a' }],
  })
})

test('an error of the reader tells its name and its line', () => {
  const stack = 'TypeError: no\n    at pick (picker.ts:12:5)\n    at checks.test.ts:3:1'
  expect(failed({ name: 'TypeError', message: 'no', stack })).toMatchObject({
    checks: [{ holds: false, thrown: 'TypeError: no', line: 12 }],
  })
})

test('a check that waits in vain is late', () => {
  expect(failed({ message: 'Test timed out in 1000ms.\nIf this …' })).toMatchObject({
    checks: [{ holds: false, isLate: true }],
  })
})

describe('the innermost line in a stack', () => {
  test.each([
    ['Chromium', 'Error: x\n    at f (picker.ts:7:3)\n    at g (picker.ts:9:1)', 7],
    ['Firefox', 'f@picker.ts:7:3\ng@picker.ts:9:1', 7],
    ['elsewhere', 'Error: x\n    at checks.test.ts:3:1', undefined],
  ])('%s', (_, stack, line) => expect(lineIn('picker.ts', stack)).toBe(line))
})
