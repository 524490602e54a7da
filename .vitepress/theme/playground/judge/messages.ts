import type { Language } from '../../../../labs/language.ts'
import type { TestReport, Thrown } from '../../../../labs/vitest-worker/report.ts'

/** What the worker knows before there is an answer to judge. */
export interface Task {
  readonly language: Language
  /** The name under which the reader's text stands in errors: `picker.ts`. */
  readonly file: string
  /** The exercise's other files by name, the checks among them. */
  readonly sources: Readonly<Record<string, string>>
}

export type ToWorker =
  | { readonly kind: 'prepare'; readonly task: Task }
  | { readonly kind: 'judge'; readonly answer: string }

export type FromWorker =
  /** The answer is being loaded, or a check runs: the last one told is what never ended. */
  | { readonly kind: 'begin'; readonly title?: string }
  /** The reader's code has said something. */
  | { readonly kind: 'log'; readonly text: string }
  /** What the checks import of the reader's file, and it has not; and what it has. */
  | {
      readonly kind: 'missing'
      readonly names: readonly string[]
      readonly found: readonly string[]
    }
  | {
      readonly kind: 'done'
      readonly reports: readonly TestReport[]
      /** What went wrong outside any check: a text that cannot be read, an error while loading. */
      readonly errors: readonly Thrown[]
    }
