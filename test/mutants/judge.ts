import type { Mutant } from './mutants.ts'

/**
 * - `caught`: the check `by` fails; `sentence` is what does not hold.
 * - `refused`: the server's own program does not take it, and says so: no check has anything to do.
 * - `survived`: every check passes.
 */
export type Outcome =
  | { readonly outcome: 'caught'; readonly by: string; readonly sentence?: string }
  | { readonly outcome: 'refused'; readonly sentence?: string }
  | { readonly outcome: 'survived' }

/** Judges answers by the checks of one lab or exercise, one after the other. */
export interface Judge {
  judge(answer: Answer): Promise<Outcome>
  close(): Promise<void>
}

/** The solution, but for this file. */
export type Answer = Pick<Mutant, 'file' | 'text'>

export function inWords(outcome: Outcome): string {
  const { outcome: what } = outcome
  if (what === 'survived') return what
  const sentence = outcome.sentence === undefined ? '' : `: ${outcome.sentence}`
  return what === 'caught' ? `caught: ${outcome.by}${sentence}` : `refused${sentence}`
}
