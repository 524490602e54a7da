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

/** What another terminal may write for this one: a single file, whole each time. */
export async function watchFile(file: string, poll: boolean, onChange: () => void) {
  const folder = dirname(file)
  const watcher = watch(folder, {
    ...{ ignoreInitial: true, usePolling: poll, interval: pollInterval },
    // The folder, for a file that is renamed into place is another file.
    ignored: (path) => path !== folder && path !== file,
  })
  watcher.on('all', onChange)
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()))
  return () => watcher.close()
}

const partOf = (lab: Lab, path: string) => relative(lab.folder, path).split(sep).filter(Boolean)

const isWatched = ([top]: readonly string[]) =>
  top === undefined || top === 'work' || top === 'starter' || top === 'solution'
