import type { Task, Test, VitestRunner, VitestRunnerConfig } from '@vitest/runner'
import { createExpect, expect } from 'vitest'
import type { Report, Thrown } from './messages.ts'

/** Milliseconds; every check runs on a clock of its own, so more is waiting for nothing. */
export const PATIENCE_MS = 1000

interface Parts {
  readonly load: (file: string) => void
  readonly onBegin: (title: string) => void
}

/** vitest's own runner for a worker: no process, no server, no file system. */
export function createRunner({ load, onBegin }: Parts): VitestRunner {
  return {
    config,
    importFile: (file) => load(file),
    onBeforeTryTask(test) {
      onBegin(test.name)
      expect.setState({
        assertionCalls: 0,
        currentTestName: test.fullTestName,
        testPath: test.file.filepath,
      })
    },
    extendTaskContext(context) {
      const own = createExpect(context.task as never)
      Object.defineProperty(context, 'expect', { get: () => own })
      return context
    },
  }
}

const config: VitestRunnerConfig = {
  root: '/',
  setupFiles: [],
  name: undefined,
  passWithNoTests: false,
  testNamePattern: undefined,
  allowOnly: false,
  sequence: { seed: 1, hooks: 'stack', setupFiles: 'list' },
  chaiConfig: undefined,
  maxConcurrency: 1,
  testTimeout: PATIENCE_MS,
  hookTimeout: PATIENCE_MS,
  retry: 0,
  includeTaskLocation: false,
  tags: [],
  tagsFilter: undefined,
  strictTags: false,
}

export const reportsOf = (task: Task): Report[] =>
  'tasks' in task ? task.tasks.flatMap(reportsOf) : [reportOf(task)]

function reportOf({ name: title, result }: Test): Report {
  const state = result?.state
  return {
    title,
    state: state === 'pass' || state === 'fail' ? state : 'skip',
    errors: (result?.errors ?? []).map(plain),
  }
}

/** An error as data; vitest has printed `expected` and `actual` already. */
export function plain(error: object): Thrown {
  const { name, message, expected, actual, stack } = error as Record<string, unknown>
  const printed = (value: unknown) => (value === undefined ? undefined : String(value))
  return {
    name: String(name ?? 'Error'),
    message: String(message ?? error),
    expected: printed(expected),
    actual: printed(actual),
    stack: String(stack ?? ''),
  }
}
