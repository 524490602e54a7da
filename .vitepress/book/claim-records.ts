import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Drawable } from './measured.ts'

/** What the last `npm run claims` found about one claim. */
export interface ClaimRecord {
  readonly verdict: 'pass' | 'fail'
  /** What was measured. */
  readonly figure?: { readonly en: string; readonly zh: string } & Drawable
  /** Of the programs that it ran, by name. */
  readonly versions?: Readonly<Record<string, string>>
  /** The day, as in RFC 3339: 2026-11-23. */
  readonly ranAt: string
  readonly test: { readonly file: string; readonly line: number }
  /** `sourceOf` the test at that time. */
  readonly source: string
}

export type ClaimRecords = Readonly<Record<string, ClaimRecord>>

export const projectFolder = fileURLToPath(new URL('../../', import.meta.url))
export const claimsFolder = join(projectFolder, 'test', 'claims')
export const recordsFile = join(claimsFolder, 'results.json')

export const readRecords = (file = recordsFile): ClaimRecords =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ClaimRecords) : {}

/** From the project's root, with slashes on every system. */
export const nameOf = (file: string) => relative(projectFolder, file).split(sep).join('/')

/** An import, or a file that is named to be mounted or read: `new URL('…', import.meta.url)`. */
const references =
  /(?:from|import)\s+'(\.{1,2}\/[^']+)'|new URL\(\s*'(\.{1,2}\/[^']+)',\s*import\.meta\.url/g

/**
 * A digest of a test and of all that it uses within `folder`. What lies outside has tests of its
 * own, and would make every claim stale with every change to the labs.
 */
export function sourceOf(test: string, folder = claimsFolder): string {
  const files = new Set<string>()
  const visit = (path: string): void => {
    if (files.has(path) || relative(folder, path).startsWith('..') || !existsSync(path)) return
    if (statSync(path).isDirectory())
      return readdirSync(path).forEach((name) => visit(join(path, name)))
    files.add(path)
    if (!/\.m?ts$/.test(path)) return
    for (const [, imported, named] of readFileSync(path, 'utf8').matchAll(references))
      visit(resolve(path, '..', imported ?? named ?? ''))
  }
  visit(test)
  const hash = createHash('sha256')
  for (const file of [...files].sort())
    hash
      .update(`${relative(folder, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  return hash.digest('hex')
}
