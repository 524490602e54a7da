import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Lab } from '../catalog/catalog.ts'
import { say } from '../language.ts'
import { EnvironmentError } from '../runtime/environment-error.ts'
import { trialNote } from '../runtime/apply/trial.ts'
import { copyBeside, copyWhole, moveContents } from './folder-moves.ts'
import type { LabFolders } from './folders.ts'
import { type Source, translateCopy } from './reader-files.ts'

/** Copies the starter for a first visit. True when there was nothing before. */
export function ensureWork(lab: Lab, { work, live }: LabFolders): boolean {
  const isNew = !existsSync(work)
  const copyStarter = (to: string) =>
    copyWhole(join(lab.folder, 'starter'), to, (copy) => translateCopy(lab, copy))
  if (isNew) copyStarter(work)
  // A process that died between writing and testing has left files that nobody knows to be good.
  if (existsSync(trialNote(live))) {
    rmSync(live, { recursive: true, force: true })
    rmSync(trialNote(live))
  }
  // Servers start with files that are known to be good, whatever the reader left half-done.
  if (!existsSync(live)) copyStarter(live)
  return isNew
}

/** Puts `source` in the reader's place; what was there is kept beside it, dated. */
export function replaceWork(lab: Lab, source: Source, now: Date): string | undefined {
  const work = join(lab.folder, 'work')
  const kept = freeName(`${work}.${stamp(now)}`)
  try {
    const fresh = copyBeside(join(lab.folder, source), work)
    try {
      translateCopy(lab, fresh.folder)
      return swapIn(fresh.folder, work, kept)
    } finally {
      fresh.remove()
    }
  } catch (error) {
    throw notReplaced(error, [work, kept].filter(hasFiles))
  }
}

const hasFiles = (folder: string) => existsSync(folder) && readdirSync(folder).length > 0

/** Whatever went wrong, the reader's files are where this says. */
function notReplaced(error: unknown, folders: readonly string[]): EnvironmentError {
  const { code, message } = error as NodeJS.ErrnoException
  const isFull = code === 'ENOSPC' || code === 'EDQUOT'
  const why = isFull ? say('The disk is full.', '磁盘已满。') : message
  const where = folders.join(say(' and ', ' 和 '))
  const kept = where
    ? say(`Nothing is lost: your files are in ${where}`, `什么都没丢：你的文件在 ${where}`)
    : say('There were no files of yours.', '原来没有你的文件。')
  return new EnvironmentError(
    `${why} ${kept}`,
    isFull
      ? say('free some space, then repeat the command', '清出一些空间，再重试')
      : say('mend that, then repeat the command', '先解决它，再重试'),
  )
}

function swapIn(fresh: string, work: string, kept: string): string | undefined {
  if (!existsSync(work)) {
    mkdirSync(work)
    moveContents(fresh, work)
    return undefined
  }
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
