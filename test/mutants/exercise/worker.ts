import './vitest-state.ts'
import { parentPort } from 'node:worker_threads'
import { reportOf } from '../../../labs/vitest-worker/report.ts'
import { runFile } from '../../../labs/vitest-worker/run-file.ts'

/** The first sentence that does not hold; or what the file said when it would not even load. */
export type Caught = string | undefined

// The thread in which the checks of an exercise run, one answer after the other.
const port = parentPort!
/** Milliseconds. These checks wait for no clock; one that waits, waits for ever. */
const patience = 1000

port.on('message', (file: string) => void run(file).then((caught) => port.postMessage(caught)))

port.postMessage('ready')

async function run(file: string): Promise<Caught> {
  let caught: Caught
  const { errors } = await runFile(file, {
    patience,
    importFile: (path) => import(new URL(`file://${path}`).href),
    onBeforeRunTask(test) {
      if (caught !== undefined) test.mode = 'skip'
    },
    onAfterRunTask(test) {
      const { state, title } = reportOf(test)
      if (state === 'fail') caught ??= title
    },
  })
  return caught ?? errors[0]?.message
}

// A mutant that forgets to wait leaves a promise behind: its own failure, and not this thread's.
process.on('unhandledRejection', () => undefined)
process.on('uncaughtException', () => undefined)
