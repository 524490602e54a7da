import { describe, expect, test } from 'vitest'
import { busiestOf } from '../../../labs/checker/crowd.ts'
import { inCalm } from '../../../labs/checker/in-calm.ts'
import type { Verdict } from '../../../labs/checker/verdict.ts'

const verdict = (outcome: 'pass' | 'fail'): Verdict => ({
  task: 'failover',
  outcome,
  ms: 900,
  tests: [
    { title: 'the page comes in time', outcome, trace: [], message: 'late' },
    { title: 'it is the right page', outcome: 'pass', trace: [] },
  ],
})

/** A check that answers one verdict after the other, on a machine with so much going on. */
function checked(outcomes: readonly ('pass' | 'fail')[], crowds: readonly number[]) {
  let [runs, pauses] = [0, 0]
  const judge = () => Promise.resolve(verdict(outcomes[runs++] ?? 'fail'))
  const machine = {
    // Each try looks once at its start: the check takes no time here.
    look: () => crowds[Math.min(runs + pauses, crowds.length - 1)]!,
    pause: () => Promise.resolve(void pauses++),
  }
  const result = inCalm(judge, () => false, machine)
  return result.then((found) => ({ found, runs, pauses }))
}

describe('a busy machine is not the reader’s fault', () => {
  test('what fails in calm has failed, after one run', async () => {
    const { found, runs } = await checked(['fail'], [1])
    expect([found, runs]).toEqual([verdict('fail'), 1])
  })

  test('what passes has passed, however busy the machine', async () => {
    const { found, runs } = await checked(['pass'], [20])
    expect([found, runs]).toEqual([verdict('pass'), 1])
  })

  test('what fails in a crowd is run again when there is room', async () => {
    const { found, runs, pauses } = await checked(['fail', 'pass'], [20, 20, 1])
    expect([found.outcome, runs, pauses]).toEqual(['pass', 2, 1])
  })

  test('what fails once more in calm has failed', async () => {
    const { found, runs } = await checked(['fail', 'fail'], [20, 1])
    expect([found, runs]).toEqual([verdict('fail'), 2])
  })

  test('a machine that stays crowded is an error that says what to do, after three runs', async () => {
    const { found, runs } = await checked([], [20])
    expect(runs).toBe(3)
    expect(found).toMatchObject({
      outcome: 'error',
      tests: [
        {
          outcome: 'error',
          message: expect.stringMatching(/too busy to judge this: 20 programs want each processor/),
          next: expect.stringMatching(/save again/),
        },
        { outcome: 'pass' },
      ],
    })
  })

  test('a check that was called off is not run again', async () => {
    let runs = 0
    const judge = () => Promise.resolve((runs++, verdict('fail')))
    await inCalm(judge, () => true, { look: () => 20, pause: () => Promise.resolve() })
    expect(runs).toBe(1)
  })
})

describe('the busiest stretch of all looks', () => {
  test('counts, even if all else was calm', () =>
    expect(busiestOf([1, 1, 1, 20, 22, 1, 1, 1, 1, 1], 2)).toBe(21))
  test('a single look does not', () => expect(busiestOf([1, 1, 30, 1], 3)).toBeCloseTo(32 / 3))
  test('of few looks it is their mean', () => expect(busiestOf([4, 8], 20)).toBe(6))
})
