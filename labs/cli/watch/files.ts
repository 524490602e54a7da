import { statSync, watch as watchFolder } from 'node:fs'
import { dirname, relative, sep } from 'node:path'
import { watch } from 'chokidar'
import type { Lab } from '../../catalog/catalog.ts'

export interface FileListener {
  /** Something in the reader's folder changed; `at` is when (performance.now). */
  onSave(at: number): void
  /** A file that is not the reader's own was edited; relative to the lab's folder. */
  onForeign(file: string): void
}

/** Milliseconds: editors write, rename and delete within a few; a reader does not notice them. */
const settle = 15
const pollInterval = 200

/**
 * Watches from the lab's own folder, which stays: `work` itself may be deleted and come back.
 * Resolves to the function that ends the watching, once events arrive.
 */
export async function watchFiles(lab: Lab, poll: boolean, listener: FileListener) {
  const watcher = watch(lab.folder, {
    ignoreInitial: true,
    usePolling: poll,
    interval: pollInterval,
    ignored: (path) => !isWatched(partOf(lab, path)),
  })
  let timer: NodeJS.Timeout | undefined
  let first = 0
  const touched = () => {
    if (!timer) first = performance.now()
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      listener.onSave(first)
    }, settle)
  }
  watcher.on('all', (_, path) => {
    const [top = '', ...rest] = partOf(lab, path)
    if (top === 'work') touched()
    else if (rest.length > 0) listener.onForeign([top, ...rest].join('/'))
  })
  // chokidar keeps quiet about a second change within 50 ms; the system's own word it hands on.
  watcher.on('raw', (_, __, details) => {
    const { watchedPath = lab.folder } = details as { watchedPath?: string }
    if (partOf(lab, watchedPath)[0] === 'work') touched()
  })
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()))
  return async () => {
    clearTimeout(timer)
    await watcher.close()
  }
}

/**
 * What another terminal may write for this one: a single file, whole each time. Each look compares it
 * with what was there before the watching began, so that no change falls between the two.
 */
export function watchFile(file: string, poll: boolean, onChange: () => void): () => void {
  let known = identityOf(file)
  const look = () => {
    const now = identityOf(file)
    if (now === known) return
    known = now
    onChange()
  }
  let timer: NodeJS.Timeout | undefined
  const beginPolling = () => void (timer ??= setInterval(look, pollInterval))
  // The folder, for a file that is renamed into place is another file.
  const watcher = poll ? undefined : watchFolder(dirname(file), look).on('error', beginPolling)
  if (poll) beginPolling()
  return () => {
    clearInterval(timer)
    watcher?.close()
  }
}

function identityOf(file: string): string {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false })
  return found ? `${found.ino} ${found.mtimeNs} ${found.size}` : 'none'
}

const partOf = (lab: Lab, path: string) => relative(lab.folder, path).split(sep).filter(Boolean)

const isWatched = ([top]: readonly string[]) =>
  top === undefined || top === 'work' || top === 'starter' || top === 'solution'
