import type { Log } from './logbook.ts'
import type { TestReport, Thrown } from '../../../../labs/vitest-worker/report.ts'

/** What the checks say of the reader's answer; `error`: they could not be run to the end. */
export type Verdict = Judgement & {
  /** What the reader's code has said, if anything. */
  readonly log?: Log
}

type Judgement =
  | { readonly outcome: 'pass' | 'fail'; readonly checks: readonly CheckVerdict[] }
  | { readonly outcome: 'error'; readonly problem: Problem }

export interface CheckVerdict {
  /** A sentence: what should be so. */
  readonly title: string
  readonly holds: boolean
  readonly expected?: string
  readonly received?: string
  /** What the reader's code threw, or that it never came back. */
  readonly thrown?: string
  readonly isLate?: boolean
  /** The line in the reader's file, counted from 1. */
  readonly line?: number
}

export type Problem =
  | { readonly kind: 'unreadable'; readonly line?: number }
  | { readonly kind: 'thrown'; readonly message: string; readonly line?: number }
  | { readonly kind: 'endless'; readonly during?: string; readonly lines: readonly number[] }
  | {
      readonly kind: 'missing-export'
      readonly names: readonly string[]
      /** What the file exports instead. */
      readonly found: readonly string[]
    }
  /** The checks never began; `reason`: the browser's, if it gives one. */
  | { readonly kind: 'no-worker'; readonly reason?: string }
  | { readonly kind: 'no-checks' }

export function verdictOf(
  file: string,
  reports: readonly TestReport[],
  errors: readonly Thrown[],
): Verdict {
  const [error] = errors
  if (error) return { outcome: 'error', problem: problemOf(file, error) }
  if (reports.length === 0) return { outcome: 'error', problem: { kind: 'no-checks' } }
  const checks = reports.map((report) => judgeCheck(file, report))
  return { outcome: checks.every(({ holds }) => holds) ? 'pass' : 'fail', checks }
}

function problemOf(file: string, { name, message, stack }: Thrown): Problem {
  if (name === 'UnreadableError') return { kind: 'unreadable' }
  return { kind: 'thrown', message: `${name}: ${message}`, line: lineIn(file, stack) }
}

function judgeCheck(file: string, { title, state, errors }: TestReport): CheckVerdict {
  const [error] = errors
  if (state === 'pass' || !error) return { title, holds: state === 'pass' }
  if (error.name === 'AssertionError') {
    const { expected, actual: received } = error
    return { title, holds: false, expected, received, line: lineIn(file, error.stack) }
  }
  if (/^(Test|Hook) timed out/.test(error.message)) return { title, holds: false, isLate: true }
  const thrown = `${error.name}: ${error.message.split('\n')[0]}`
  return { title, holds: false, thrown, line: lineIn(file, error.stack) }
}

/** The innermost line of the reader's file in a stack, in whichever browser's manner. */
export function lineIn(file: string, stack: string): number | undefined {
  const at = stack.indexOf(`${file}:`)
  const line = at < 0 ? NaN : parseInt(stack.slice(at + file.length + 1), 10)
  return Number.isNaN(line) ? undefined : line
}
