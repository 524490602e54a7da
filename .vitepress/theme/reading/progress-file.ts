import { type Done, type Kind, kinds, nothing, type Progress } from './progress-record.ts'

const version = 1

export type Reading =
  | { readonly outcome: 'read'; readonly progress: Progress }
  | { readonly outcome: 'not-json' }
  | { readonly outcome: 'not-ours' }
  /** Written by a later edition of the book. */
  | { readonly outcome: 'newer'; readonly version: number }
  | { readonly outcome: 'broken'; readonly where: string }

export const writeProgress = (progress: Progress): string =>
  JSON.stringify({ book: 'four-tiers', version, done: progress }, null, 2)

/** Reads what `writeProgress` wrote, and the `progress.json` that `npm run lab` keeps. */
export function readProgress(text: string): Reading {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { outcome: 'not-json' }
  }
  if (!isRecord(value) || typeof value.version !== 'number') return { outcome: 'not-ours' }
  const done = value.book === 'four-tiers' ? value.done : labTasks(value.passed)
  if (done === undefined) return { outcome: 'not-ours' }
  if (value.version > version) return { outcome: 'newer', version: value.version }
  return readKinds(done)
}

function readKinds(done: unknown): Reading {
  if (!isRecord(done)) return { outcome: 'broken', where: 'done' }
  const progress: Record<Kind, Record<string, Done>> = { ...nothing }
  for (const kind of kinds) {
    const entries = done[kind] ?? {}
    if (!isRecord(entries)) return { outcome: 'broken', where: kind }
    const broken = Object.keys(entries).find((id) => !isDone(entries[id]))
    if (broken !== undefined) return { outcome: 'broken', where: `${kind} → ${broken}` }
    progress[kind] = entries as Record<string, Done>
  }
  return { outcome: 'read', progress }
}

/** `{ passed: { lab: { task: time } } }` as our kinds. */
function labTasks(passed: unknown): unknown {
  if (!isRecord(passed)) return undefined
  const tasks = Object.entries(passed).flatMap(([lab, times]) =>
    isRecord(times) ? Object.entries(times).map(([task, at]) => [`${lab}/${task}`, { at }]) : [],
  )
  return { task: Object.fromEntries(tasks) }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isDone = (value: unknown): value is Done =>
  isRecord(value) &&
  typeof value.at === 'string' &&
  !Number.isNaN(Date.parse(value.at)) &&
  (value.detail === undefined || typeof value.detail === 'string')
