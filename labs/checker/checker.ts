import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Place } from '../runtime/docker/place.ts'
import { inCalm } from './in-calm.ts'
import { judge, judgeTest } from './judge.ts'
import type { TestVerdict, Verdict } from './verdict.ts'
import type { FromWorker, ToWorker } from './worker/messages.ts'

export interface CheckWishes {
  /**
   * That it fails is all that one wants to know: a check ends at its first sentence that does not hold,
   * and is not run again for the machine's sake.
   */
  readonly bail?: boolean
  /** A sentence of the check under way. */
  onTest?(task: string, test: TestVerdict): void
  onVerdict?(verdict: Verdict): void
}

/** Runs a lab's checks, task by task, in a thread that stays warm. */
export interface Checker {
  /** In the given order. After `cancel`, what has not run is missing from the result. */
  check(tasks: readonly string[], wishes?: CheckWishes): Promise<Verdict[]>
  /** Ends the run under way after its current test. */
  cancel(): void
  close(): Promise<void>
}

type Done = Extract<FromWorker, { kind: 'done' }>

export function createChecker(place: Place): Checker {
  const begin = () => {
    const thread = new Worker(new URL('./worker/start.mjs', import.meta.url), {
      workerData: { place },
    })
    // What a check leaves behind may end the thread between two runs: the next run has another.
    return thread
      .on('error', () => undefined)
      .once('exit', () => {
        if (thread === worker) worker = undefined
      })
  }
  let worker: Worker | undefined = begin()
  let isClosed = false
  const setup = join(place.lab.folder, '../kit/setup.ts')
  let runs = 0
  let cancelled = false

  const runOne = (task: string, { bail = false, onTest }: CheckWishes) =>
    new Promise<Done>((resolve, reject) => {
      if (isClosed) return reject(wasClosed())
      const thread = (worker ??= begin())
      const id = ++runs
      const onMessage = (message: FromWorker) => {
        if (message.id !== id) return
        if (message.kind === 'test') return onTest?.(task, judgeTest(message.test))
        end()
        resolve(message)
      }
      const onError = (error: Error) => {
        end()
        reject(error)
      }
      const onExit = (code: number) =>
        onError(isClosed ? wasClosed() : new Error(`its thread ended (${code})`))
      const end = () => thread.off('message', onMessage).off('error', onError).off('exit', onExit)
      thread.on('message', onMessage).on('error', onError).on('exit', onExit)
      const file = join(place.lab.folder, 'checks', `${task}.test.ts`)
      const run: ToWorker = { kind: 'run', id, file, setup, bail }
      thread.postMessage(run)
    })

  async function verdictOn(task: string, wishes: CheckWishes): Promise<Verdict> {
    const started = performance.now()
    const { tests, errors } = await runOne(task, wishes).catch((error: Error) => {
      if (isClosed) throw error
      // The check has ended its own thread: its fault alone, and the others go on.
      return {
        tests: [],
        errors: [{ name: error.name, message: error.message, stack: error.stack ?? '' }],
      }
    })
    return judge(task, tests, errors, performance.now() - started)
  }

  return {
    async check(tasks, wishes = {}) {
      cancelled = false
      const verdicts: Verdict[] = []
      for (const task of tasks) {
        const judged = () => verdictOn(task, wishes)
        const verdict = wishes.bail ? await judged() : await inCalm(judged, () => cancelled)
        if (cancelled) break
        verdicts.push(verdict)
        wishes.onVerdict?.(verdict)
      }
      return verdicts
    },
    cancel() {
      cancelled = true
      const cancel: ToWorker = { kind: 'cancel' }
      worker?.postMessage(cancel)
    },
    async close() {
      isClosed = true
      await worker?.terminate()
    },
  }
}

const wasClosed = () => new Error('the checker was closed')
