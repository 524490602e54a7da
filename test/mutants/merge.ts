import { readExplained } from './explained.ts'
import {
  type Judged,
  type Judgements,
  readJudgements,
  readRecord,
  stillTrue,
  writeJudgements,
} from './records.ts'
import { recordOf, standingOf } from './score.ts'
import type { Subject } from './subject.ts'

/** What a file brought. */
export interface Merged {
  readonly subject: Subject
  /** Verdicts that our record had not. */
  readonly added: number
  /** Of other files than these: the checks or the solution differ. */
  readonly stale: number
  /** The other record says otherwise: neither is believed. */
  readonly disputed: readonly string[]
  /** Not judged by anybody yet. */
  readonly open: number
}

/**
 * Adds to a record what the same run has judged on another machine. Two that judge the same files
 * differently have met a check whose verdict changes: it is to be judged again.
 */
export async function merge(
  other: string,
  subjectOf: (slug: string) => Subject | undefined,
  file?: string,
): Promise<Merged> {
  const { slug, judgements: theirs } = readRecord(other)
  const subject = subjectOf(slug)
  if (!subject) throw new Error(`${other}: there is no lab or exercise ${slug}.`)
  const ours = stillTrue(subject, readJudgements(slug, file))
  const valid = stillTrue(subject, theirs)
  const { judgements, disputed } = together(ours, valid)
  const explained = readExplained(subject.folder)
  await writeJudgements(recordOf(subject, judgements, explained), judgements, file)
  return {
    ...{ subject, disputed },
    added: [...valid.keys()].filter((id) => !ours.has(id)).length,
    stale: theirs.size - valid.size,
    open: standingOf(subject.mutants, judgements, explained).open.length,
  }
}

function together(ours: Judgements, theirs: Judgements) {
  // Which of several checks has caught it first is nobody's dispute.
  const disputed = [...ours]
    .filter(([id, { outcome }]) => outcome !== (theirs.get(id)?.outcome ?? outcome))
    .map(([id]) => id)
  const agreed = ([id]: readonly [string, Judged]) => !disputed.includes(id)
  const judgements = new Map([...theirs, ...ours].filter(agreed))
  return { judgements, disputed }
}
