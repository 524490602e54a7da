import { Logbook } from './logbook.ts'
import { loopLines } from './loop-lines.ts'
import type { FromWorker, Task, ToWorker } from './messages.ts'
import { type SealedWorker, startSealed } from './sealed-worker.ts'
import { type Problem, type Verdict, verdictOf } from './verdict.ts'
import code from './worker.ts?one-script'

/** Milliseconds after which a worker that has not finished is killed. */
const LIMIT_MS = 8000
/** Milliseconds for a worker to begin. A slow telephone reads its script in two seconds. */
const START_MS = 20_000

/** A verdict that is on its way, and may be called off: then it never comes. */
export interface Judging {
  readonly verdict: Promise<Verdict>
  cancel(): void
}

/**
 * Judges answers to one exercise, each in a fresh worker. The next worker is made ready while the
 * reader is still typing, so that its start costs no waiting.
 */
export function createJudge(task: Task) {
  let spare: Prepared | undefined = prepare(task)
  let isDisposed = false

  return {
    judge(answer: string): Judging {
      const { worker, failure } = spare ?? prepare(task)
      spare = undefined
      let start: ReturnType<typeof setTimeout> | undefined
      let limit: ReturnType<typeof setTimeout> | undefined
      const book = new Logbook()
      let hasBegun = false
      let during: string | undefined

      const end = () => {
        clearTimeout(limit)
        clearTimeout(start)
        worker.terminate()
        if (!isDisposed) spare ??= prepare(task)
      }
      const verdict = new Promise<Verdict>((resolve) => {
        const settle = (result: Verdict) => {
          end()
          const { log } = book
          resolve(withLine(log.lines.length > 0 ? { ...result, log } : result, answer))
        }
        const fail = (problem: Problem) => settle({ outcome: 'error', problem })
        const isEndless = () => fail({ kind: 'endless', during, lines: loopLines(answer) })

        worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
          if (data.kind === 'log') return book.add(data.text, during)
          if (data.kind === 'missing') {
            const { names, found } = data
            return fail({ kind: 'missing-export', names, found: found.slice(0, 10).map(short) })
          }
          if (data.kind === 'done') return settle(verdictOf(task.file, data.reports, data.errors))
          during = data.title
          hasBegun = true
          clearTimeout(start)
          limit ??= setTimeout(isEndless, LIMIT_MS) // a slow start is no endless loop
        }
        worker.onerror = ({ message }) =>
          fail(hasBegun ? { kind: 'thrown', message } : { kind: 'no-worker', reason: message })
        const early = failure()
        if (early !== undefined) return fail({ kind: 'no-worker', reason: early })
        start = setTimeout(() => fail({ kind: 'no-worker' }), START_MS)
      })
      tell(worker, { kind: 'judge', answer })
      return { verdict, cancel: end }
    },
    dispose(): void {
      isDisposed = true
      spare?.worker.terminate()
    },
  }
}

/** The parser is the editor's own, and comes with it. */
async function withLine(verdict: Verdict, answer: string): Promise<Verdict> {
  if (verdict.outcome !== 'error' || verdict.problem.kind !== 'unreadable') return verdict
  const { firstErrorLine } = await import('./first-error.ts')
  return { ...verdict, problem: { kind: 'unreadable', line: firstErrorLine(answer) } }
}

const short = (name: string) => String(name).slice(0, 60)

interface Prepared {
  readonly worker: SealedWorker
  /** What the browser has said against it so far; it may be empty. */
  readonly failure: () => string | undefined
}

function prepare(task: Task): Prepared {
  const worker = startSealed(code)
  let failed: string | undefined
  worker.onerror = ({ message }) => (failed = message)
  tell(worker, { kind: 'prepare', task })
  return { worker, failure: () => failed }
}

const tell = (worker: SealedWorker, message: ToWorker) => worker.postMessage(message)
