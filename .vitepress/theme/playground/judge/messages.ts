import type { Language } from '../exercise.ts'

/** What the worker knows before there is an answer to judge. */
export interface Task {
  readonly language: Language
  /** The name under which the reader's text stands in errors: `picker.ts`. */
  readonly file: string
  /** The exercise's other files by name, the checks among them. */
  readonly sources: Readonly<Record<string, string>>
}

export interface Thrown {
  readonly name: string
  readonly message: string
  readonly expected?: string
  readonly actual?: string
  readonly stack: string
}

/** One check, as the worker tells it. Plain data. */
export interface Report {
  readonly title: string
  readonly state: 'pass' | 'fail' | 'skip'
  readonly errors: readonly Thrown[]
}

export type ToWorker =
  | { readonly kind: 'prepare'; readonly task: Task }
  | { readonly kind: 'judge'; readonly answer: string }

export type FromWorker =
  /** The answer is being loaded, or a check runs: the last one told is what never ended. */
  | { readonly kind: 'begin'; readonly title?: string }
  | {
      readonly kind: 'done'
      readonly reports: readonly Report[]
      /** What went wrong outside any check: a text that cannot be read, an error while loading. */
      readonly errors: readonly Thrown[]
    }
