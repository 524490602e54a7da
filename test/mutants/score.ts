import {
  type MutationRecord,
  type MutationScore,
  sourcesOf,
} from '../../.vitepress/book/mutation-records.ts'
import type { Explained } from './explained.ts'
import type { Mutant } from './mutants.ts'
import type { Judgements } from './records.ts'
import type { Subject } from './subject.ts'

/** Where a run stands. */
export interface Standing {
  /** None, while a mutant has not been judged. */
  readonly score: MutationScore | undefined
  /** Not caught, and without a reason. */
  readonly survivors: readonly Mutant[]
  readonly open: readonly Mutant[]
}

export function standingOf(
  mutants: readonly Mutant[],
  judgements: Judgements,
  explained: readonly Explained[],
): Standing {
  const ids = new Set(explained.map(({ id }) => id))
  const are = (outcome: string) =>
    mutants.filter(({ id }) => judgements.get(id)?.outcome === outcome)
  const open = mutants.filter(({ id }) => !judgements.has(id))
  const survived = are('survived')
  const survivors = survived.filter(({ id }) => !ids.has(id))
  const caught = are('caught').length
  const score = {
    made: caught + survived.length,
    caught,
    explained: survived.length - survivors.length,
  }
  return { score: open.length > 0 ? undefined : score, survivors, open }
}

/** What is written down of it, but for the judgements themselves. */
export function recordOf(
  { slug, folder, mutants }: Pick<Subject, 'slug' | 'folder' | 'mutants'>,
  judgements: Judgements,
  explained: readonly Explained[],
): MutationRecord {
  const { score } = standingOf(mutants, judgements, explained)
  const day = new Date().toISOString().slice(0, 10)
  return { slug, day, sources: sourcesOf(folder), score }
}

/** `97 of 101 caught, 4 explained`. */
export function scoreLine({ made, caught, explained }: MutationScore): string {
  const rest = made - caught - explained
  return [
    `${caught} of ${made} caught`,
    ...(explained > 0 ? [`${explained} explained`] : []),
    ...(rest > 0 ? [`${rest} NOT explained`] : []),
  ].join(', ')
}
