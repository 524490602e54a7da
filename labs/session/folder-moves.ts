import { cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A whole copy that stands beside the place it is meant for. */
export interface FreshCopy {
  readonly folder: string
  remove(): void
}

/**
 * Copies `from` beside `to`, in a folder that nobody else has: a full disk or a file that cannot be
 * read is known before anything of the reader's is touched.
 */
export function copyBeside(from: string, to: string): FreshCopy {
  mkdirSync(dirname(to), { recursive: true })
  const own = mkdtempSync(`${to}.new-`)
  const remove = () => rmSync(own, { recursive: true, force: true })
  const folder = join(own, 'files')
  try {
    cpSync(from, folder, { recursive: true, verbatimSymlinks: true })
  } catch (error) {
    remove()
    throw error
  }
  return { folder, remove }
}

/**
 * Copied beside and renamed: a full disk or a kill never leaves half a folder that looks whole.
 * `prepare` has the copy before anybody else.
 */
export function copyWhole(
  from: string,
  to: string,
  prepare: (copy: string) => void = () => undefined,
): void {
  const fresh = copyBeside(from, to)
  try {
    prepare(fresh.folder)
    renameSync(fresh.folder, to)
  } finally {
    fresh.remove()
  }
}

/** What stands in `from`, into `to`; the folder `from` stays. Whatever fails, all is as it was. */
export function moveContents(from: string, to: string): void {
  const moved: string[] = []
  try {
    for (const name of readdirSync(from)) {
      move(join(from, name), join(to, name))
      moved.push(name)
    }
  } catch (error) {
    for (const name of moved.reverse()) move(join(to, name), join(from, name))
    throw error
  }
}

function move(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    // `work` is a link to another disk, or a mount.
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    copyWhole(from, to)
    rmSync(from, { recursive: true })
  }
}
