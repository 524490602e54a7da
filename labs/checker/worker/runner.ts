import type { File, Task, Test, VitestRunner, VitestRunnerConfig } from '@vitest/runner'
import * as vitest from 'vitest'
import type { TestReport, Thrown } from './messages.ts'

/** Milliseconds; a check bounds its own requests, so this ends only a check that hangs. */
const patience = 90_000

export interface RunnerParts {
  readonly setup: string
  /** Different for each run, so that Node loads the file anew. */
  readonly run: number
  /** What has not begun is skipped from now on. */
  readonly isOver: () => boolean
  readonly onTest: (test: TestReport) => void
}

/** vitest's own runner for a thread that stays: no process, no server, no transform a run. */
export function createRunner({ setup, run, isOver, onTest }: RunnerParts): VitestRunner {
  const { expect, createExpect } = vitest
  return {
    config: config(setup),
    importFile: (path) => import(`${new URL(`file://${path}`).href}?run=${run}`),
    onBeforeRunTask(test) {
      if (isOver()) test.mode = 'skip'
    },
    onBeforeTryTask(test) {
      expect.setState({
        assertionCalls: 0,
        currentTestName: test.fullTestName,
        testPath: test.file.filepath,
      })
    },
    onAfterRunTask: (test) => onTest(reportTest(test)),
    extendTaskContext(context) {
      const own = createExpect(context.task as never)
      Object.defineProperty(context, 'expect', { get: () => own })
      return context
    },
  }
}

const config = (setup: string): VitestRunnerConfig => ({
  root: '/',
  setupFiles: [setup],
  name: undefined,
  passWithNoTests: false,
  testNamePattern: undefined,
  allowOnly: false,
  sequence: { seed: 1, hooks: 'stack', setupFiles: 'list' },
  chaiConfig: undefined,
  maxConcurrency: 1,
  testTimeout: patience,
  hookTimeout: patience,
  retry: 0,
  includeTaskLocation: false,
  tags: [],
  tagsFilter: undefined,
  strictTags: false,
})

export const reportFile = (file: File): TestReport[] => testsOf(file).map(reportTest)

const testsOf = (task: Task): Test[] => ('tasks' in task ? task.tasks.flatMap(testsOf) : [task])

function reportTest(test: Test): TestReport {
  const state = test.result?.state
  return {
    name: test.name,
    state: state === 'pass' || state === 'fail' ? state : 'skip',
    trace: test.meta.trace ?? [],
    errors: (test.result?.errors ?? []).map(plain),
  }
}

export function plain(error: object): Thrown {
  const { name, message, expected, actual, next } = error as Record<string, unknown>
  const printed = (value: unknown) =>
    value === undefined || value === null ? undefined : String(value)
  return {
    name: printed(name),
    message: String(message ?? error),
    expected: printed(expected),
    actual: printed(actual),
    next: printed(next),
  }
}
