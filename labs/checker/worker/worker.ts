import './vitest-state.ts'
import { parentPort } from 'node:worker_threads'
import type { Test } from '@vitest/runner'
import { reportOf } from '../../vitest-worker/report.ts'
import { runFile } from '../../vitest-worker/run-file.ts'
import type { CheckReport, FromWorker, ToWorker } from './messages.ts'

// The thread in which checks run, one file at a time. It stays warm.
const port = parentPort!
const tell = (message: FromWorker) => port.postMessage(message)
/** Milliseconds; a check bounds its own requests, so this ends only a check that hangs. */
const patience = 90_000
let cancelled = false

port.on('message', (message: ToWorker) => {
  if (message.kind === 'cancel') cancelled = true
  else void run(message)
})

async function run({ id, file, setup, bail }: Extract<ToWorker, { kind: 'run' }>): Promise<void> {
  cancelled = false
  let failed = false
  const { tests, errors } = await runFile(file, {
    patience,
    setupFiles: [setup],
    // A different address for each run, so that Node loads the file anew.
    importFile: (path) => import(`${new URL(`file://${path}`).href}?run=${id}`),
    onBeforeRunTask(test) {
      if (cancelled || (bail && failed)) test.mode = 'skip'
    },
    onAfterRunTask(task) {
      const test = reportCheck(task)
      failed ||= test.state === 'fail'
      tell({ kind: 'test', id, test })
    },
  })
  tell({ kind: 'done', id, tests: tests.map(reportCheck), errors })
}

const reportCheck = (test: Test): CheckReport => ({
  ...reportOf(test),
  trace: test.meta.trace ?? [],
  said: test.meta.said ?? [],
})
