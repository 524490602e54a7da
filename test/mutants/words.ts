import { parseArgs } from 'node:util'
import type { Wishes } from './run.ts'

export const help = `npm run mutate                        every score, by the record
npm run mutate exercise SLUG          make mistakes from the solution, judge them by the checks
npm run mutate lab 1                  the same on real servers: hours, for a whole lab
npm run mutate lab 1 ID               only this mistake, with what it changes
npm run mutate lab 1 -- --shard 2/4   only the second quarter
npm run mutate merge FILE…            add what other machines have judged
  --list        only name the mistakes, judge nothing
  --limit 10    no more than ten of those that are not judged yet
  --again       believe no record
  --json        for programs

What was judged is written to test/mutants/results/SLUG.json, and a run goes on where the last one
ended: commit it with your change. A mistake that no check catches needs a better check; or, if no
reader could tell the difference, its reason in mutants.yaml beside the solution.
Exit codes: 0 none unexplained, 1 some are, or a reason does not hold, 2 usage, 3 not all were judged
for the machine's sake, 130 Ctrl-C.
`

export type Words =
  | { readonly what: 'help' }
  | { readonly what: 'scores'; readonly json: boolean }
  | { readonly what: 'merge'; readonly files: readonly string[]; readonly json: boolean }
  | RunWords

export interface RunWords {
  readonly what: 'lab' | 'exercise'
  readonly which: string
  readonly wishes: Wishes
  readonly json: boolean
  readonly list: boolean
}

/** What is asked for; or what is wrong with the words. */
export function readWords(args: readonly string[]): Words | string {
  let parsed
  try {
    parsed = parse(args)
  } catch (error) {
    return wrong((error as Error).message.replace(/\. .*/s, ''))
  }
  const { values, positionals } = parsed
  const { again, json, list } = values
  const [kind, ...names] = positionals
  if (values.help) return { what: 'help' }
  if (kind === undefined) return { what: 'scores', json }
  if (kind === 'merge')
    return names.length > 0 ? { what: 'merge', files: names, json } : wrong('Which files?')
  if (kind !== 'lab' && kind !== 'exercise')
    return wrong(`"${kind}" is neither lab nor exercise nor merge`)
  const [which, only, more] = names
  if (which === undefined) return wrong(`Which ${kind}?`)
  if (more !== undefined) return wrong(`One mistake at a time, not "${more}" too`)
  const [, part = 0, of = 0] = (/^(\d+)\/(\d+)$/.exec(values.shard) ?? []).map(Number)
  if (part < 1 || part > of) return wrong(`--shard ${values.shard}: a part of the whole, as 2/4`)
  const limit = values.limit === undefined ? Infinity : Number(values.limit)
  if (!Number.isInteger(limit) && limit !== Infinity)
    return wrong(`--limit ${values.limit}: a number`)
  if (limit < 1) return wrong(`--limit ${values.limit}: a number from 1`)
  return { what: kind, which, wishes: { again, shard: { part, of }, limit, only }, json, list }
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      shard: { type: 'string', default: '1/1' },
      limit: { type: 'string' },
      again: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
    },
  })

const wrong = (found: string) =>
  `${found}${found.endsWith('?') ? '' : '.'} Next: npm run mutate -- --help`
