import { expect, test } from 'vitest'
import { nextOf, summaryOf } from '../../../.vitepress/theme/playground/in-a-line.ts'
import type { Verdict } from '../../../.vitepress/theme/playground/judge/verdict.ts'
import { messages } from '../../../.vitepress/theme/playground/messages.ts'

const failed: Verdict = {
  outcome: 'fail',
  checks: [
    { title: 'one', holds: true },
    { title: 'two', holds: false },
    { title: 'three', holds: false },
  ],
}
const { en, zh } = messages

test('what does not hold is counted, and the first of it named', () => {
  expect(summaryOf(failed, en)).toBe('1 of 3 checks hold.')
  expect(nextOf(failed)).toBe('two')
})

test('what holds altogether needs nothing more', () => {
  const passed: Verdict = { outcome: 'pass', checks: [{ title: 'one', holds: true }] }
  expect(summaryOf(passed, zh)).toContain('全部通过')
  expect(nextOf(passed)).toBe(undefined)
})

test('checks that did not come to an end are not called failed', () => {
  const stopped: Verdict = { outcome: 'error', problem: { kind: 'no-checks' } }
  expect([summaryOf(stopped, en), nextOf(stopped)]).toEqual([en.stopped, undefined])
  expect(summaryOf(undefined, en)).toBe(en.checking)
})
