import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Of the mistakes that a machine has made from a solution, how many the checks see. */
export interface MutationScore {
  /** Those that the servers take: what they refuse, they say themselves. */
  readonly made: number
  readonly caught: number
  /** Not caught, with a reason why no reader could tell the difference. */
  readonly explained: number
}

/** What `npm run mutate` has found about one lab or exercise. */
export interface MutationRecord {
  readonly slug: string
  /** The day, as in RFC 3339: 2026-11-23. */
  readonly day: string
  /** `sourcesOf` its folder at that time. */
  readonly sources: string
  /** None: a mutant has not been judged yet. */
  readonly score: MutationScore | undefined
}

export const recordsFolder = fileURLToPath(new URL('../../test/mutants/results', import.meta.url))
export const recordFile = (slug: string) => join(recordsFolder, `${slug}.json`)

/** None where it was never counted to the end, or no longer is that of the files in `folder`. */
export function freshScore(
  slug: string,
  folder: string,
  file = recordFile(slug),
): MutationScore | undefined {
  if (!existsSync(file)) return undefined
  const { score, sources } = JSON.parse(readFileSync(file, 'utf8')) as MutationRecord
  return sources === sourcesOf(folder) ? score : undefined
}

/** What a lab or an exercise tells its reader: no verdict goes by it. */
export const prose = /(?:^|\/)(?:README[^/]*\.md|comments\.zh\.json|hints)(?:\/|$)/
/** What else a folder has besides: nor does a mutant's verdict go by these. */
const besides = /^(?:(?:lab|exercise|answers)\.yaml|(?:starter|work[^/]*)\/)/

/** A digest of a lab's or an exercise's solution, checks and explained survivors, and what carries them. */
export function sourcesOf(folder: string): string {
  const hash = createHash('sha256')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !prose.test(file) && !besides.test(file))
  for (const file of files.sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(folder, file)))
      .update('\0')
  return hash.digest('hex').slice(0, 16)
}
