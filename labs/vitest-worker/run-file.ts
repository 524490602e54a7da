import { startTests } from '@vitest/runner'
import type { Task, Test, VitestRunner, VitestRunnerConfig } from '@vitest/runner'
import { createExpect, expect } from 'vitest'
import { plain, type Thrown } from './report.ts'

type Hooks = Pick<VitestRunner, 'importFile' | 'onBeforeRunTask' | 'onAfterRunTask'>

/** What differs from one kind of worker to the next. */
export interface Manner extends Hooks {
  /** Milliseconds for a test or a hook. */
  readonly patience: number
  /** What is loaded before the file. */
  readonly setupFiles?: string[]
}

export interface Ran {
  readonly tests: readonly Test[]
  /** What went wrong outside any test: the file does not load, or vitest itself fell over. */
  readonly errors: readonly Thrown[]
}

/**
 * Runs a file by vitest's own runner in this very thread, be it Node's or a browser's: no process,
 * no server, no transform.
 */
export async function runFile(file: string, manner: Manner): Promise<Ran> {
  try {
    const files = await startTests([file], createRunner(manner))
    const errors = files.flatMap((one) => one.result?.errors ?? []).map(plain)
    return { tests: files.flatMap(testsOf), errors }
  } catch (error) {
    return { tests: [], errors: [plain(error as Error)] }
  }
}

const testsOf = (task: Task): Test[] => ('tasks' in task ? task.tasks.flatMap(testsOf) : [task])

const createRunner = ({ patience, setupFiles = [], ...hooks }: Manner): VitestRunner => ({
  ...hooks,
  config: config(patience, setupFiles),
  onBeforeTryTask(test) {
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
})

const config = (patience: number, setupFiles: string[]): VitestRunnerConfig => ({
  root: '/',
  setupFiles,
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
