import type { Answer } from '../runtime/runtime.ts'

/** A row of answers, and what can be counted about them. */
export class Answers {
  readonly all: readonly Answer[]

  constructor(all: readonly Answer[]) {
    this.all = all
  }

  /** What went wrong, each kind with its count: `['502 ×3', 'no answer in 2500 ms ×1']`. */
  get failed(): string[] {
    return this.#counted((status) => status >= 500)
  }

  /** Where pages were asked for that exist, what is none: `['404 ×3', '502 ×1']`. */
  get withoutPage(): string[] {
    return this.#counted((status) => status !== 200)
  }

  #counted(isWrong: (status: number) => boolean): string[] {
    const reasons = this.all.flatMap(({ status, failure }) =>
      failure !== undefined ? [failure] : isWrong(status) ? [String(status)] : [],
    )
    return Object.entries(tally(reasons)).map(([reason, count]) => `${reason} ×${count}`)
  }

  /** How many answers each server gave, by the header `x-served-by`. */
  servedBy(): Record<string, number> {
    return this.by('x-served-by')
  }

  /** How many answers have which value in this header. */
  by(header: string): Record<string, number> {
    return tally(this.all.flatMap(({ headers }) => headers[header] ?? []))
  }

  statuses(): Record<string, number> {
    return tally(this.all.map(({ status }) => String(status)))
  }

  /** The waits over `ms` milliseconds, in order. */
  slowerThan(ms: number): number[] {
    return this.all.map((answer) => Math.round(answer.ms)).filter((wait) => wait > ms)
  }
}

function tally(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1
  return counts
}
