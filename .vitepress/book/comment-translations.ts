import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { commentsIn, translateComments, type Translations } from '../../labs/comments.ts'
import { projectFolder } from '../../labs/session/folders.ts'

/** For what chapters print and no lab hands out. A lab has its own. */
const ownFile = 'docs/comments.zh.json'

/** Chinese for the comments of a file that a chapter prints, by its path. */
export function chineseFor(file: string): Translations {
  const [, lab] = /^(labs\/\d\d-[\w-]+)\//.exec(relative(projectFolder, file)) ?? []
  return { ...read(ownFile), ...(lab && read(`${lab}/comments.zh.json`)) }
}

const read = (file: string) =>
  JSON.parse(readFileSync(join(projectFolder, file), 'utf8')) as Translations

/** What follows code on its line. */
const afterCode = /^(.*\S \/\/ )(.+)$/gm

/** All that printed code says in words, as a translation must name it. */
export const wordsIn = (code: string): readonly string[] => [
  ...commentsIn(code),
  ...[...code.matchAll(afterCode)].map(([, , words]) => words!),
]

/** The same code with its comments in another language. */
export const translatePrinted = (code: string, translations: Translations): string =>
  translateComments(code, translations).replaceAll(
    afterCode,
    (_, start: string, words: string) => start + (translations[words] ?? words),
  )
