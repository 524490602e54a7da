import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import type { Files, SavedFile } from '../../servers/kind/server-kind.ts'
import { withUnixLineEnds } from './text.ts'

/** What editors leave behind for a moment: vim's 4913 and swap files, Emacs' locks, backups. */
const passing = /(^|\/)(4913|\.#.*|#.*#|\.DS_Store|.*\.sw[a-p]|.*~|.*\.tmp)$/

/** Packages that the reader has installed for the editor's sake: a build installs its own. */
const installed = /(^|\/)node_modules\//

/** A file that can be read to its end: no pipe, which would be waited for, and no device. */
export interface Listed {
  readonly path: string
  readonly bytes: number
}

/** What stands in `folder` at `place`, or anywhere in it. A file that goes meanwhile is left out. */
export function listFiles(folder: string, place = ''): Listed[] {
  return pathsIn(folder, place).flatMap((path) => {
    if (passing.test(path) || installed.test(path)) return []
    const found = statSync(join(folder, path), { throwIfNoEntry: false })
    return found?.isFile() ? [{ path, bytes: found.size }] : []
  })
}

function pathsIn(folder: string, place: string): string[] {
  if (place && !place.endsWith('/')) return [place]
  try {
    return readdirSync(join(folder, place), { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
      .map((path) => path.split(sep).join('/'))
  } catch {
    return []
  }
}

export function readFolder(folder: string, place?: string): Files {
  const files = new Map<string, SavedFile>()
  for (const { path } of listFiles(folder, place)) {
    const file = readSaved(join(folder, path))
    if (file) files.set(path, file)
  }
  return files
}

/** `undefined` when the file went away between the listing and the reading. */
function readSaved(file: string): SavedFile | undefined {
  try {
    const isExecutable = (statSync(file).mode & 0o111) !== 0
    return { bytes: withUnixLineEnds(readFileSync(file)), isExecutable }
  } catch {
    return undefined
  }
}

/** Makes `folder` hold exactly these files below `place`; others stay as they are. */
export function writeFiles(folder: string, place: string, files: Files): void {
  const wanted = below(files, place)
  for (const { path } of listFiles(folder, place)) if (!wanted.has(path)) rmSync(join(folder, path))
  for (const [path, { bytes, isExecutable }] of wanted) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, bytes)
    // A file that was there keeps its own mode when it is written.
    chmodSync(file, isExecutable ? 0o755 : 0o644)
  }
}

/** `place` is a file, a folder with a slash at its end, or nothing, which is all. */
export function below(files: Files, place: string): Files {
  return new Map([...files].filter(([path]) => isBelow(path, place)))
}

export const isBelow = (path: string, place: string) =>
  place && !place.endsWith('/') ? path === place : path.startsWith(place)

export const sameFile = (a: SavedFile | undefined, b: SavedFile | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    a.isExecutable === b.isExecutable &&
    a.bytes.equals(b.bytes))

export function sameFiles(a: Files, b: Files): boolean {
  return a.size === b.size && [...a].every(([path, file]) => sameFile(file, b.get(path)))
}
