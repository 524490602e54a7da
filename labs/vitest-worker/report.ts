import type { Test } from '@vitest/runner'

/** One test, as a worker tells it. Plain data. */
export interface TestReport {
  /** A sentence: what should be so. */
  readonly title: string
  readonly state: 'pass' | 'fail' | 'skip'
  readonly errors: readonly Thrown[]
}

export interface Thrown {
  readonly name: string
  readonly message: string
  readonly expected?: string
  readonly actual?: string
  /** An `EnvironmentError`'s. */
  readonly next?: string
  readonly stack: string
}

export function reportOf({ name: title, result }: Test): TestReport {
  const state = result?.state
  return {
    title,
    state: state === 'pass' || state === 'fail' ? state : 'skip',
    errors: (result?.errors ?? []).map(plain),
  }
}

/** An error as data; vitest has printed `expected` and `actual` already. */
export function plain(error: object): Thrown {
  const { name, message, expected, actual, next, stack } = error as Record<string, unknown>
  const printed = (value: unknown) =>
    value === undefined || value === null ? undefined : String(value)
  return {
    name: String(name ?? 'Error'),
    message: String(message ?? error),
    expected: printed(expected),
    actual: printed(actual),
    next: printed(next),
    stack: String(stack ?? ''),
  }
}
