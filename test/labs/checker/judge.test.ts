import { describe, expect, test } from 'vitest'
import { judge } from '../../../labs/checker/judge.ts'
import type { CheckReport } from '../../../labs/checker/worker/messages.ts'
import type { Thrown } from '../../../labs/vitest-worker/report.ts'

const trace = ['curl http://127.0.0.1:8080/']
const thrown = (rest: Partial<Thrown>): Thrown => ({
  name: 'Error',
  message: '',
  stack: '',
  ...rest,
})
const report = (state: CheckReport['state'], ...errors: Partial<Thrown>[]): CheckReport => ({
  title: 'a sentence',
  state,
  trace,
  said: [],
  errors: errors.map(thrown),
})
const verdict = (tests: readonly CheckReport[], errors: readonly Thrown[] = []) =>
  judge('t', tests, errors, 5)

const assertion = {
  name: 'AssertionError',
  message: 'failed: expected 1 to be 2',
  expected: '2',
  actual: '1',
}
const environment = { name: 'EnvironmentError', message: 'no engine', next: 'npm run lab doctor' }

describe('a verdict', () => {
  test('passes when every sentence was proved', () =>
    expect(verdict([report('pass'), report('pass')]).outcome).toBe('pass'))

  test('fails with what was expected, what was observed and how to see it', () => {
    const { outcome, tests } = verdict([report('fail', assertion)])
    expect(outcome).toBe('fail')
    expect(tests[0]).toMatchObject({ expected: '2', observed: '1', message: 'failed', trace })
  })

  test('is an error, not a fail, when the environment was at fault', () => {
    const { outcome, tests } = verdict([report('fail', assertion, environment)])
    expect(outcome).toBe('error')
    expect(tests[0]).toMatchObject({ message: 'no engine', next: 'npm run lab doctor' })
  })

  test('fails when a server has ended by itself, whatever came of it', () => {
    const ended = {
      name: 'ServerEnded',
      message: 'web1: TypeError',
      next: 'npm run lab 4 logs web1',
    }
    for (const other of [assertion, { name: 'TypeError', message: 'x is not a function' }]) {
      const { outcome, tests } = verdict([report('fail', other, ended)])
      expect(outcome).toBe('fail')
      expect(tests[0]).toMatchObject({
        message: 'web1: TypeError',
        next: 'npm run lab 4 logs web1',
      })
      expect(tests[0]).not.toHaveProperty('expected')
    }
  })

  test('has the errors of the reader’s code beside what was observed', () => {
    const told = { ...report('fail', assertion), said: ['web1: TypeError', 'web2: TypeError'] }
    expect(verdict([told]).tests[0]).toMatchObject({
      observed: '1',
      said: 'web1: TypeError\nweb2: TypeError',
    })
    expect(verdict([report('fail', assertion)]).tests[0]).not.toHaveProperty('said')
  })

  test('is an error when our own check fell over', () => {
    const typeError = { name: 'TypeError', message: 'x is not a function' }
    expect(verdict([report('fail', typeError)]).outcome).toBe('error')
  })

  test('is an error in words of its own when the time for a check was over', () => {
    const message = 'Test timed out in 60000ms.'
    const { outcome, tests } = verdict([report('fail', { message })])
    expect(outcome).toBe('error')
    expect(tests[0]?.message).toMatch(/within 60 s|60 秒内/)
  })

  test('is an error when nothing ran, or the file did not load', () => {
    expect(verdict([]).outcome).toBe('error')
    expect(verdict([], [thrown({ message: 'syntax' })]).outcome).toBe('error')
  })

  test('never passes on a skipped sentence', () =>
    expect(verdict([report('pass'), report('skip')]).outcome).toBe('fail'))

  test('shows a printed list on one line', () => {
    const list = { ...assertion, actual: '[\n  "502 ×3",\n]' }
    expect(verdict([report('fail', list)]).tests[0]?.observed).toBe('["502 ×3"]')
  })
})
