import './vitest-state.ts'
import { parentPort } from 'node:worker_threads'
import { startTests } from '@vitest/runner'
import type { FromWorker, ToWorker } from './messages.ts'
import { createRunner, plain, reportFile } from './runner.ts'

// The thread in which checks run, one file at a time.
const port = parentPort!
const tell = (message: FromWorker) => port.postMessage(message)
let cancelled = false

port.on('message', (message: ToWorker) => {
  if (message.kind === 'cancel') cancelled = true
  else void run(message)
})

async function run({ id, file, setup, bail }: Extract<ToWorker, { kind: 'run' }>): Promise<void> {
  cancelled = false
  let failed = false
  const runner = createRunner({
    setup,
    run: id,
    isOver: () => cancelled || (bail && failed),
    onTest: (test) => {
      failed ||= test.state === 'fail'
      tell({ kind: 'test', id, test })
    },
  })
  try {
    const files = await startTests([file], runner)
    const errors = files.flatMap((one) => one.result?.errors ?? []).map(plain)
    tell({ kind: 'done', id, tests: files.flatMap(reportFile), errors })
  } catch (error) {
    tell({ kind: 'done', id, tests: [], errors: [plain(error as Error)] })
  }
}
