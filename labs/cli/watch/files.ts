import { statSync, watch as watchFolder } from 'node:fs'
import { dirname, relative, sep } from 'node:path'
import { type FSWatcher, watch } from 'chokidar'
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
  const begin = (polling: boolean, onError: () => void): FSWatcher =>
    watch(lab.folder, {
      ignoreInitial: true,
      usePolling: polling,
      interval: pollInterval,
      // A link to a folder above would be watched for ever; what it leads to is not the reader's.
      followSymlinks: false,
      ignored: (path) => !isWatched(partOf(lab, path)),
    })
      .on('all', (_, path) => {
        const [top = '', ...rest] = partOf(lab, path)
        if (top === 'work') touched()
        else if (rest.length > 0) listener.onForeign([top, ...rest].join('/'))
      })
      // chokidar keeps quiet about a second change within 50 ms; the system's own word it hands on.
      .on('raw', (_, __, details) => {
        const { watchedPath = lab.folder } = details as { watchedPath?: string }
        if (partOf(lab, watchedPath)[0] === 'work') touched()
      })
      .on('error', onError)

  let watcher: FSWatcher
  let isClosed = false
  // The system has no events left to give, or none for this folder: then they are looked for. What
  // cannot be looked at either is left out; the rest goes on.
  const fallBack = async () => {
    const refused = watcher
    watcher = begin(true, () => undefined)
    refused.removeAllListeners().on('error', () => undefined)
    await Promise.all([refused.close(), isReady(watcher)])
    if (!isClosed) touched()
  }
  let fallingBack: Promise<void> | undefined
  watcher = begin(poll, () => {
    if (!poll && !isClosed) fallingBack ??= fallBack()
  })
  await Promise.race([isReady(watcher), new Promise((resolve) => watcher.once('error', resolve))])
  await fallingBack
  return async () => {
    isClosed = true
    clearTimeout(timer)
    await watcher.close()
  }
}

const isReady = (watcher: FSWatcher) =>
  new Promise<void>((resolve) => watcher.once('ready', () => resolve()))

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
  const watcher = poll ? undefined : tryToWatch(dirname(file), look)?.on('error', beginPolling)
  if (!watcher) beginPolling()
  return () => {
    clearInterval(timer)
    watcher?.close()
  }
}

/** Nothing where the system has no events left to give. */
function tryToWatch(folder: string, look: () => void) {
  try {
    return watchFolder(folder, look)
  } catch {
    return undefined
  }
}

function identityOf(file: string): string {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false })
  return found ? `${found.ino} ${found.mtimeNs} ${found.size}` : 'none'
}

const partOf = (lab: Lab, path: string) => relative(lab.folder, path).split(sep).filter(Boolean)

const isWatched = ([top]: readonly string[]) =>
  top === undefined || top === 'work' || top === 'starter' || top === 'solution'
