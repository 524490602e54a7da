import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { stateFolder } from './folders.ts'
import { stamp } from './work-folder.ts'

const schema = z.object({
  version: z.literal(1),
  /** Lab's slug → task's id → when it first passed (RFC 3339). Slugs survive renumbering. */
  passed: z.record(z.string(), z.record(z.string(), z.string())),
})

type Passed = z.infer<typeof schema>['passed']

const fileIn = (state: string) => join(state, 'progress.json')

export function readProgress(state = stateFolder()): Passed {
  const file = fileIn(state)
  if (!existsSync(file)) return {}
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8'))).passed
  } catch {
    // Unreadable, perhaps from a newer version: set aside, never overwritten.
    renameSync(file, `${file}.unreadable.${stamp(new Date())}`)
    return {}
  }
}

/** Written beside and renamed, so that a full disk or a power cut leaves the old file whole. */
export function recordPass(slug: string, task: string, now: Date, state = stateFolder()): void {
  const passed = readProgress(state)
  if (passed[slug]?.[task]) return
  const next = {
    version: 1,
    passed: { ...passed, [slug]: { ...passed[slug], [task]: now.toISOString() } },
  }
  const file = fileIn(state)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, `${JSON.stringify(next, null, 2)}\n`)
  renameSync(`${file}.new`, file)
}
