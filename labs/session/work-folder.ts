import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Lab } from '../catalog/catalog.ts'
import { trialNote } from '../runtime/apply/trial.ts'
import { copyBeside, copyWhole, moveContents } from './folder-moves.ts'
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

/** Puts `source` in the reader's place; what was there is kept beside it, dated. */
export function replaceWork(
  lab: Lab,
  source: 'starter' | 'solution',
  now: Date,
): string | undefined {
  const work = join(lab.folder, 'work')
  const fresh = copyBeside(join(lab.folder, source), work)
  try {
    return swapIn(fresh.folder, work, now)
  } finally {
    fresh.remove()
  }
}

function swapIn(fresh: string, work: string, now: Date): string | undefined {
  if (!existsSync(work)) {
    mkdirSync(work)
    moveContents(fresh, work)
    return undefined
  }
  const kept = freeName(`${work}.${stamp(now)}`)
  mkdirSync(kept)
  try {
    // The folder itself stays: an editor or a shell that stands in it goes on working.
    moveContents(work, kept)
    try {
      moveContents(fresh, work)
    } catch (error) {
      moveContents(kept, work)
      throw error
    }
  } catch (error) {
    if (readdirSync(kept).length === 0) rmdirSync(kept)
    throw error
  }
  return kept
}

/** The last good files go too, so that the next start begins with the starter. */
export function forgetGoodFiles({ live }: LabFolders): void {
  rmSync(live, { recursive: true, force: true })
  rmSync(trialNote(live), { force: true })
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
