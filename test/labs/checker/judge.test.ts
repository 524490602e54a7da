import { describe, expect, test } from 'vitest'
import type { TestModule } from 'vitest/node'
import { judgeModule } from '../../../labs/checker/judge.ts'

interface Fake {
  readonly state: string
  readonly errors?: readonly object[]
}

/** As much of vitest's module as the judge reads. */
function moduleOf(tests: readonly Fake[], errors: readonly object[] = []): TestModule {
  const cases = tests.map((one, index) => ({
    name: `test ${index + 1}`,
    result: () => one,
    meta: () => ({ trace: ['curl http://127.0.0.1:8080/'] }),
  }))
  return {
    children: { allTests: () => cases },
    errors: () => errors,
    diagnostic: () => ({ duration: 5 }),
  } as unknown as TestModule
}

const assertion = {
  name: 'AssertionError',
  message: 'failed: expected 1 to be 2',
  expected: '2',
  actual: '1',
}
const environment = { name: 'EnvironmentError', message: 'no engine', next: 'npm run lab doctor' }

describe('a verdict', () => {
  test('passes when every sentence was proved', () =>
    expect(judgeModule(moduleOf([{ state: 'passed' }, { state: 'passed' }]), 't').outcome).toBe(
      'pass',
    ))

  test('fails with what was expected, what was observed and how to see it', () => {
    const { outcome, tests } = judgeModule(
      moduleOf([{ state: 'failed', errors: [assertion] }]),
      't',
    )
    expect(outcome).toBe('fail')
    expect(tests[0]).toMatchObject({
      expected: '2',
      observed: '1',
      message: 'failed',
      trace: [expect.stringContaining('curl')],
    })
  })

  test('is an error, not a fail, when the environment was at fault', () => {
    const verdict = judgeModule(
      moduleOf([{ state: 'failed', errors: [assertion, environment] }]),
      't',
    )
    expect(verdict.outcome).toBe('error')
    expect(verdict.tests[0]).toMatchObject({ message: 'no engine', next: 'npm run lab doctor' })
  })

  test('is an error when our own check fell over', () => {
    const typeError = { name: 'TypeError', message: 'x is not a function' }
    expect(judgeModule(moduleOf([{ state: 'failed', errors: [typeError] }]), 't').outcome).toBe(
      'error',
    )
  })

  test('is an error when nothing ran, or the file did not load', () => {
    expect(judgeModule(moduleOf([]), 't').outcome).toBe('error')
    expect(judgeModule(moduleOf([], [{ message: 'syntax' }]), 't').outcome).toBe('error')
  })

  test('never passes on a skipped sentence', () =>
    expect(judgeModule(moduleOf([{ state: 'passed' }, { state: 'skipped' }]), 't').outcome).toBe(
      'fail',
    ))
})
