import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { describe, type Mutant } from './mutants.ts'
import type { Judgements } from './records.ts'

const text = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) })
const list = z.array(
  z.strictObject({
    /** Why no reader could tell the difference. */
    why: text,
    /** What it is said of: each mutant's id, and what it changes. */
    mutants: z
      .record(z.string(), z.string())
      .refine((all) => Object.keys(all).length > 0, 'names no mutant'),
  }),
)

/** A mutant that no check catches, with a reason. */
export interface Explained {
  readonly id: string
  readonly change: string
  readonly line: number
  readonly why: z.infer<typeof text>
}

/**
 * A folder's `mutants.yaml`; nothing, where there is none.
 *
 * @throws Error naming file and line, where it is no list of reasons.
 */
export function readExplained(folder: string): readonly Explained[] {
  const file = join(folder, 'mutants.yaml')
  if (!existsSync(file)) return []
  const counter = new LineCounter()
  const source = readFileSync(file, 'utf8')
  // All is text: an id may look like a number, as 0123456789 or 12345e6789 does.
  const document = parseDocument(source, { lineCounter: counter, schema: 'failsafe' })
  const [broken] = document.errors
  if (broken) throw new Error(`${file}: ${broken.message}`)
  const parsed = list.safeParse(document.toJS() ?? [])
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues as [z.core.$ZodIssue]
    const node = document.getIn(path, true) as { range?: readonly number[] } | undefined
    const { line } = counter.linePos(node?.range?.[0] ?? 0)
    const next = 'write why: { en, zh } and mutants: { ID: what it changes }'
    throw new Error(`${file}:${line}: ${path.join('.')}: ${message}. Next: ${next}`)
  }
  const lines = source.split('\n')
  return parsed.data.flatMap(({ why, mutants }) =>
    Object.entries(mutants).map(([id, change]) => ({
      ...{ id, change, why },
      line: lines.findIndex((line) => line.trim().startsWith(`${id}:`)) + 1,
    })),
  )
}

/** What in the list does not hold (any more), in sentences. */
export function untrue(
  folder: string,
  explained: readonly Explained[],
  mutants: readonly Mutant[],
  judgements: Judgements,
): readonly string[] {
  const known = new Map(mutants.map((mutant) => [mutant.id, mutant]))
  return explained.flatMap(({ id, change, line }) => {
    const at = `${join(folder, 'mutants.yaml')}:${line}: ${id} (${change})`
    const mutant = known.get(id)
    if (!mutant) return [`${at} is none of the solution's mutants. Next: delete the line`]
    const told = describe(mutant)
    if (told !== change) return [`${at} changes something else. Next: write '${told}'`]
    const judged = judgements.get(id)
    if (!judged || judged.outcome === 'survived') return []
    const by = judged.outcome === 'caught' ? `caught by ${judged.by}` : 'refused by the server'
    return [`${at} is ${by}: it needs no reason. Next: delete the line`]
  })
}
