import { isUtf8 } from 'node:buffer'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Lab } from '../catalog/catalog.ts'
import { type Translations, translateComments } from '../comments.ts'
import { currentLanguage } from '../language.ts'
import { readFolder, writeFiles } from '../runtime/apply/files.ts'
import type { Files } from '../servers/kind/server-kind.ts'

/** Of a lab's two sets of files, the one to begin with or the one that passes. */
export type Source = 'starter' | 'solution'

/** A lab's files as the reader gets them: with comments in the reader's language. */
export const readersFiles = (lab: Lab, source: Source): Files =>
  inReadersLanguage(lab, readFolder(join(lab.folder, source)))

/** Gives the comments of a fresh copy to the reader's language. */
export function translateCopy(lab: Lab, copy: string): void {
  const files = readFolder(copy)
  const translated = inReadersLanguage(lab, files)
  if (translated !== files) writeFiles(copy, '', translated)
}

function inReadersLanguage(lab: Lab, files: Files): Files {
  const language = currentLanguage()
  const file = join(lab.folder, `comments.${language}.json`)
  if (language === 'en' || !existsSync(file)) return files
  const translations = JSON.parse(readFileSync(file, 'utf8')) as Translations
  const translate = (bytes: Buffer) =>
    isUtf8(bytes) ? Buffer.from(translateComments(`${bytes}`, translations)) : bytes
  return new Map(
    [...files].map(([path, saved]) => [path, { ...saved, bytes: translate(saved.bytes) }]),
  )
}
