import type { TestReport, Thrown } from '../../vitest-worker/report.ts'

/** One sentence of a check, as the worker tells it. Plain data. */
export interface CheckReport extends TestReport {
  /** What it did, as commands that the reader can repeat. */
  readonly trace: readonly string[]
  /** Errors of the reader's own code meanwhile, in the words of the servers. */
  readonly said: readonly string[]
}

export type ToWorker =
  | {
      readonly kind: 'run'
      readonly id: number
      readonly file: string
      readonly setup: string
      /** Ends the file after its first sentence that does not hold. */
      readonly bail: boolean
    }
  | { readonly kind: 'cancel' }

export type FromWorker =
  | { readonly kind: 'test'; readonly id: number; readonly test: CheckReport }
  | {
      readonly kind: 'done'
      readonly id: number
      readonly tests: readonly CheckReport[]
      readonly errors: readonly Thrown[]
    }
