import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import type { Files } from '../../servers/kind/server-kind.ts'

/** What editors leave behind for a moment: vim's 4913 and swap files, Emacs' locks, backups. */
const passing = /(^|\/)(4913|\.#.*|#.*#|\.DS_Store|.*\.sw[a-p]|.*~|.*\.tmp)$/

/** Packages that the reader has installed for the editor's sake: a build installs its own. */
const installed = /(^|\/)node_modules\//

export function readFiles(folder: string): Files {
  const files = new Map<string, string>()
  let entries
  try {
    entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  } catch {
    return files
  }
  for (const entry of entries) {
    const full = join(entry.parentPath, entry.name)
    const path = relative(folder, full).split(sep).join('/')
    if (passing.test(path) || installed.test(path) || entry.isDirectory()) continue
    const content = readText(full)
    if (content !== undefined) files.set(path, content)
  }
  return files
}

/** `undefined` when the file went away between the listing and the reading. */
function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replaceAll('\r\n', '\n')
  } catch {
    return undefined
  }
}

/** Makes `folder` hold exactly these files below `place`; others stay as they are. */
export function writeFiles(folder: string, place: string, files: Files): void {
  const wanted = below(files, place)
  for (const path of below(readFiles(folder), place).keys())
    if (!wanted.has(path)) rmSync(join(folder, path))
  for (const [path, content] of wanted) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content, { mode: 0o644 })
  }
}

/** `place` is a file, or a folder with a slash at its end. */
export function below(files: Files, place: string): Files {
  return new Map([...files].filter(([path]) => isBelow(path, place)))
}

export const isBelow = (path: string, place: string) =>
  place.endsWith('/') ? path.startsWith(place) : path === place

export function sameFiles(a: Files, b: Files): boolean {
  return a.size === b.size && [...a].every(([path, content]) => b.get(path) === content)
}
