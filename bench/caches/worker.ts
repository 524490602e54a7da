import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { parentPort, workerData } from 'node:worker_threads'
import type { Contender } from './job.ts'
import { tasks } from './tasks.ts'
import type { Asked, Started, Told } from './thread.ts'

// Each contender has a heap and a compiler's memory of its own: what one did to the engine's guesses
// does not slow down the next.
setFlagsFromString('--expose-gc')
;(globalThis as { gc?: unknown }).gc = runInNewContext('gc')

const { task, contender, size } = workerData as Started
const contenders: Readonly<Record<string, Contender>> = tasks[task]
const job = contenders[contender]!(size)

parentPort!.on('message', (asked: Asked) => {
  const told: Told =
    asked === 'facts'
      ? { pace: 0, facts: job.facts?.() ?? {} }
      : { pace: job.round(asked), facts: {} }
  parentPort!.postMessage(told)
})
parentPort!.postMessage('ready')
