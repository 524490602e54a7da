import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LabAnswer, readLabAnswers } from '../../../labs/catalog/answers.ts'
import { readCatalog } from '../../../labs/catalog/catalog.ts'
import { translateComments } from '../../../labs/comments.ts'
import type { Language } from '../../../labs/language.ts'
import { labsFolder } from '../../../labs/session/folders.ts'
import { chineseFor } from '../../book/comment-translations.ts'
import { type DiffLine, diffLines, hunksOf } from '../difference/line-diff.ts'

/** A plausible mistake, and how it differs from our answer. */
export interface Mistake {
  readonly name: string
  readonly why: string
  readonly files: readonly { readonly file: string; readonly hunks: readonly DiffLine[][] }[]
}

/** The mistakes of one lab, by the task that catches them. */
export interface Room {
  readonly number: number
  readonly slug: string
  readonly title: string
  readonly tasks: readonly {
    readonly id: string
    readonly title: string
    readonly mistakes: readonly Mistake[]
  }[]
}

/** Read when the site is built: a reader is sent the museum in one language. */
export const museumIn = (language: Language) => ({
  watch: [
    '../../../labs/*/{answers,lab}.yaml',
    '../../../labs/*/comments.zh.json',
    '../../../labs/*/solution/**',
  ],
  load: (): readonly Room[] =>
    readCatalog(labsFolder).map(({ number, slug, title, tasks, folder }) => {
      const mistakes = readLabAnswers(folder).filter(({ is }) => is === 'wrong')
      const solution = join(folder, 'solution')
      const chinese = language === 'zh' ? chineseFor(solution) : {}
      const print = (text: string) => withoutMarks(translateComments(text, chinese))
      const rooms = tasks.map((task) => ({
        id: task.id,
        title: task.title[language],
        mistakes: mistakes
          .filter((mistake) => mistake.task === task.id)
          .map(({ name, why, files }) => ({
            name,
            why: why[language],
            files: changesOf(files, solution, print),
          })),
      }))
      return { number, slug, title: title[language], tasks: rooms }
    }),
})

/** So many lines of our answer around what a mistake changes. */
const around = 2

function changesOf(
  files: LabAnswer['files'],
  solution: string,
  print: (text: string) => string,
): Mistake['files'] {
  return [...files].map(([file, text]) => {
    const ours = join(solution, file)
    const before = existsSync(ours) ? readFileSync(ours, 'utf8') : ''
    return { file, hunks: hunksOf(diffLines(print(before), print(text)), around) }
  })
}

/** Where a chapter quotes our answer: no mistake has to do with it. */
const withoutMarks = (text: string) => text.replace(/^\s*(?:#|\/\/) (?:end)?region\b.*\n/gm, '')
