import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readLabAnswers } from '../../../labs/catalog/answers.ts'
import { readCatalog } from '../../../labs/catalog/catalog.ts'
import type { Text } from '../../../labs/language.ts'
import { labsFolder } from '../../../labs/session/folders.ts'
import { type DiffLine, diffLines, hunksOf } from '../difference/line-diff.ts'

/** A plausible mistake, and how it differs from our answer. */
export interface Mistake {
  readonly name: string
  readonly why: Text
  readonly files: readonly { readonly file: string; readonly hunks: readonly DiffLine[][] }[]
}

/** The mistakes of one lab, by the task that catches them. */
export interface Room {
  readonly number: number
  readonly slug: string
  readonly title: Text
  readonly tasks: readonly {
    readonly id: string
    readonly title: Text
    readonly mistakes: readonly Mistake[]
  }[]
}

declare const data: readonly Room[]
export { data }

/** Where a chapter quotes our answer: no mistake has to do with it. */
const withoutMarks = (text: string) => text.replace(/^\s*(?:#|\/\/) (?:end)?region\b.*\n/gm, '')

/** So many lines of our answer around what a mistake changes. */
const around = 2

export default {
  watch: ['../../../labs/*/{answers,lab}.yaml', '../../../labs/*/solution/**'],
  load(): readonly Room[] {
    return readCatalog(labsFolder).map(({ number, slug, title, tasks, folder }) => {
      const wrong = readLabAnswers(folder).filter(({ is }) => is === 'wrong')
      const mistakesOf = (id: string) =>
        wrong
          .filter(({ task }) => task === id)
          .map(({ name, why, files }): Mistake => {
            const changed = [...files].map(([file, text]) => {
              const ours = join(folder, 'solution', file)
              const before = existsSync(ours) ? readFileSync(ours, 'utf8') : ''
              const lines = diffLines(withoutMarks(before), withoutMarks(text))
              return { file, hunks: hunksOf(lines, around) }
            })
            return { name, why, files: changed }
          })
      const rooms = tasks.map((task) => ({
        id: task.id,
        title: task.title,
        mistakes: mistakesOf(task.id),
      }))
      return { number, slug, title, tasks: rooms }
    })
  },
}
