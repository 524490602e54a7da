/** One test, as the worker tells it. Plain data. */
export interface TestReport {
  readonly name: string
  readonly state: 'pass' | 'fail' | 'skip'
  readonly trace: readonly string[]
  readonly errors: readonly Thrown[]
}

/** An error as vitest prints it; `next` is an `EnvironmentError`'s. */
export interface Thrown {
  readonly name?: string
  readonly message: string
  readonly expected?: string
  readonly actual?: string
  readonly next?: string
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
  | { readonly kind: 'test'; readonly id: number; readonly test: TestReport }
  | {
      readonly kind: 'done'
      readonly id: number
      readonly tests: readonly TestReport[]
      readonly errors: readonly Thrown[]
    }
