import { showProgress } from '../runtime/docker/offline/show-progress.ts'
import type { Report } from '../runtime/runtime.ts'
import pc from './colors.ts'

/** Where words go: results to standard output, progress and errors to standard error. */
export interface Output {
  /** A screen that can be painted, and keys that can be read. */
  readonly isTerminal: boolean
  readonly columns: number
  line(text?: string): void
  note(text: string): void
  json(value: unknown): void
  /** What is being done to prepare a lab. */
  progress: Report
  /** It is prepared: no bar moves any more. */
  settle(): void
}

export function processOutput(): Output {
  const { stdout, stderr, stdin } = process
  const bar = showProgress(stderr)
  const note = (text: string) => {
    bar.end()
    stderr.write(`${pc.dim(text)}\n`)
  }
  return {
    isTerminal: Boolean(stdout.isTTY && stdin.isTTY) && process.env.TERM !== 'dumb',
    get columns() {
      return stdout.columns ?? 80
    },
    line: (text = '') => void stdout.write(`${text}\n`),
    note,
    progress: (step, how) => (how?.total || how?.seconds ? bar.show({ step, ...how }) : note(step)),
    settle: () => bar.end(),
    json: (value) => void stdout.write(`${JSON.stringify(value)}\n`),
  }
}
