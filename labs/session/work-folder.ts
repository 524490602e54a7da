import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Lab } from '../catalog/catalog.ts'
import { trialNote } from '../runtime/apply/trial.ts'
import type { LabFolders } from './folders.ts'

/** Copies the starter for a first visit. True when there was nothing before. */
export function ensureWork(lab: Lab, { work, live }: LabFolders): boolean {
  const isNew = !existsSync(work)
  if (isNew) copyWhole(join(lab.folder, 'starter'), work)
  // A process that died between writing and testing has left files that nobody knows to be good.
  if (existsSync(trialNote(live))) {
    rmSync(live, { recursive: true, force: true })
    rmSync(trialNote(live))
  }
  // Servers start with files that are known to be good, whatever the reader left half-done.
  if (!existsSync(live)) copyWhole(join(lab.folder, 'starter'), live)
  return isNew
}

/** Copied beside and renamed: a full disk or a kill never leaves half a folder that looks whole. */
function copyWhole(from: string, to: string): void {
  const beside = `${to}.new`
  rmSync(beside, { recursive: true, force: true })
  cpSync(from, beside, { recursive: true })
  renameSync(beside, to)
}

/** Puts `source` in the reader's place; what was there is kept beside it, dated. */
export function replaceWork(
  lab: Lab,
  source: 'starter' | 'solution',
  now: Date,
): string | undefined {
  const work = join(lab.folder, 'work')
  const kept = existsSync(work) ? freeName(`${work}.${stamp(now)}`) : undefined
  if (kept) {
    // The folder itself stays: an editor or a shell that stands in it goes on working.
    mkdirSync(kept)
    for (const name of readdirSync(work)) renameSync(join(work, name), join(kept, name))
  }
  cpSync(join(lab.folder, source), work, { recursive: true })
  return kept
}

/** `2026-11-23T14-05-09`: local time, safe in a file name on every system. */
export function stamp(now: Date): string {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 19).replaceAll(':', '-')
}

function freeName(wanted: string): string {
  let name = wanted
  for (let n = 2; existsSync(name); n++) name = `${wanted}-${n}`
  return name
}
