/** What a check says of the reader's answer. */
export interface Verdict {
  readonly task: string
  readonly outcome: 'pass' | 'fail' | 'error'
  readonly ms: number
  readonly tests: readonly TestVerdict[]
}

export interface TestVerdict {
  /** A sentence: what should be so. */
  readonly title: string
  readonly outcome: 'pass' | 'fail' | 'error' | 'skipped'
  readonly message?: string
  readonly expected?: string
  readonly observed?: string
  /** Commands that show the reader the same. */
  readonly trace: readonly string[]
  /** Errors of the reader's own code meanwhile, in the words of the servers. */
  readonly said?: string
  /** What to type next, where the machine is at fault, or a server has ended. */
  readonly next?: string
}

/** `pass` only when every sentence was proved; an error outweighs a fail, as it explains it. */
export function outcomeOf(tests: readonly TestVerdict[]): Verdict['outcome'] {
  if (tests.some((test) => test.outcome === 'error')) return 'error'
  return tests.length > 0 && tests.every((test) => test.outcome === 'pass') ? 'pass' : 'fail'
}
