import type { Explained } from './explained.ts'
import { inWords, type Judge } from './judge.ts'
import { describe, type Mutant } from './mutants.ts'
import { type Judgements, readJudgements, stillTrue, writeJudgements } from './records.ts'
import { recordOf } from './score.ts'
import type { Subject } from './subject.ts'

export interface Wishes {
  /** Believe no record. */
  readonly again: boolean
  /** The first of so many parts is 1 of N. */
  readonly shard: { readonly part: number; readonly of: number }
  /** Judge no more than so many. */
  readonly limit: number
  /** Only the mutant of this id. */
  readonly only?: string
}

export interface Ran {
  readonly judgements: Judgements
  /** Judged in this run. */
  readonly now: readonly Mutant[]
  /** Those that could not be judged, with what went wrong. */
  readonly errors: readonly { readonly mutant: Mutant; readonly message: string }[]
}

export interface RunOptions {
  readonly explained: readonly Explained[]
  readonly wishes: Wishes
  readonly say: (line: string) => void
  /** Ends the run: what was judged until then is written down. */
  readonly signal: AbortSignal
  /** The record. Default: the subject's own. */
  readonly file?: string
}

/** So often a run is written down: who ends it there loses no more than these. */
const batch = 20

/** Judges what is to be judged, and writes it down on the way. */
export async function run(subject: Subject, options: RunOptions): Promise<Ran> {
  const { explained, wishes, say, signal, file } = options
  const judgements = new Map(stillTrue(subject, readJudgements(subject.slug, file)))
  const keep = () => writeJudgements(recordOf(subject, judgements, explained), judgements, file)
  const todo = chosen(subject.mutants, judgements, wishes)
  const now: Mutant[] = []
  const errors: { mutant: Mutant; message: string }[] = []
  if (todo.length === 0) {
    await keep()
    return { judgements, now, errors }
  }
  const judge = await subject.open(signal)
  try {
    await passes(judge, subject)
    for (const [done, mutant] of todo.entries()) {
      if (signal.aborted) break
      const told = `${done + 1}/${todo.length} ${mutant.id} ${describe(mutant)}`
      try {
        const outcome = await judge.judge(mutant)
        judgements.set(mutant.id, { ...outcome, ...subject.digestsOf(mutant, outcome) })
        now.push(mutant)
        say(`${told}: ${inWords(outcome)}`)
      } catch (error) {
        if (signal.aborted) break
        const { message } = error as Error
        errors.push({ mutant, message })
        say(`${told}: not judged: ${message}`)
      }
      if (done % batch === batch - 1) await keep()
    }
    await keep()
  } finally {
    await judge.close()
  }
  return { judgements, now, errors }
}

/** Where the solution itself fails, every mutant would be caught, and nothing be known. */
async function passes(judge: Judge, { name, solution }: Subject): Promise<void> {
  const outcome = await judge.judge(solution)
  if (outcome.outcome === 'survived') return
  throw new Error(`${name}: its solution does not pass, so nothing was judged: ${inWords(outcome)}`)
}

export function chosen(
  mutants: readonly Mutant[],
  judgements: Judgements,
  { again, shard, limit, only }: Wishes,
): readonly Mutant[] {
  if (only !== undefined) return mutants.filter(({ id }) => id === only)
  return mutants
    .filter((_, place) => place % shard.of === shard.part - 1)
    .filter(({ id }) => again || !judgements.has(id))
    .slice(0, limit)
}
