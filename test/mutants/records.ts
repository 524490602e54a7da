import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { z } from 'zod'
import { type MutationRecord, recordFile } from '../../.vitepress/book/mutation-records.ts'
import type { Digests } from '../proof/digests.ts'
import type { Outcome } from './judge.ts'
import type { Subject } from './subject.ts'

/** What one mutant's verdict was, and what it depends on. */
export type Judged = Outcome & Digests

export type Judgements = ReadonlyMap<string, Judged>

/** `caught NAME`, `refused` or `survived`; then the digests. An array stays on one line. */
const row = z.tuple([
  z.string().regex(/^(?:caught .+|refused|survived)$/, 'is no verdict'),
  z.string(),
  z.string(),
])
const record = z.object({ slug: z.string(), mutants: z.record(z.string(), row) })

export const readJudgements = (slug: string, file = recordFile(slug)): Judgements =>
  existsSync(file) ? readRecord(file).judgements : new Map()

/** @throws Error naming the file, where it is none of ours. */
export function readRecord(file: string): { slug: string; judgements: Judgements } {
  const { slug, mutants } = parsed(file)
  return {
    slug,
    judgements: new Map(Object.entries(mutants).map(([id, told]) => [id, judgedOf(told)])),
  }
}

function parsed(file: string): z.infer<typeof record> {
  const refused = (found: string) => new Error(`${file}: ${found}. Next: npm run mutate -- --help`)
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw refused((error as Error).message)
  }
  const read = record.safeParse(json)
  if (read.success) return read.data
  const [{ path, message }] = read.error.issues as [z.core.$ZodIssue]
  throw refused(`${path.join('.')} ${message}`.trim())
}

function judgedOf([told, own, machinery]: z.infer<typeof row>): Judged {
  const [outcome, ...by] = told.split(' ')
  const digests = { own, machinery }
  if (outcome === 'caught') return { outcome, by: by.join(' '), ...digests }
  return { outcome: outcome === 'refused' ? outcome : 'survived', ...digests }
}

const rowOf = (judged: Judged): z.infer<typeof row> => [
  judged.outcome === 'caught' ? `caught ${judged.by}` : judged.outcome,
  judged.own,
  judged.machinery,
]

/** Without what is no mutant any more, or was judged by other checks. */
export function stillTrue(
  { mutants, digestsOf }: Pick<Subject, 'mutants' | 'digestsOf'>,
  judgements: Judgements,
): Judgements {
  const holds = mutants.flatMap((mutant): [string, Judged][] => {
    const judged = judgements.get(mutant.id)
    return judged && digestsOf(mutant, judged).own === judged.own ? [[mutant.id, judged]] : []
  })
  return new Map(holds)
}

/** Written in one go: who ends a run in the middle loses nothing of it. */
export async function writeJudgements(
  head: MutationRecord,
  judgements: Judgements,
  file = recordFile(head.slug),
): Promise<void> {
  const rows = [...judgements].sort(([a], [b]) => (a < b ? -1 : 1))
  const mutants = Object.fromEntries(rows.map(([id, judged]) => [id, rowOf(judged)]))
  const style = await resolveConfig(file)
  const text = await format(JSON.stringify({ ...head, mutants }), { ...style, parser: 'json' })
  mkdirSync(dirname(file), { recursive: true })
  const fresh = join(dirname(file), `.${process.pid}.json`)
  writeFileSync(fresh, text)
  renameSync(fresh, file)
}
