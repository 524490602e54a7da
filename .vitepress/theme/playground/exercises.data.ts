import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { type Translations, translateComments } from '../../../labs/comments.ts'
import { freshScore } from '../../book/mutation-records.ts'
import type { Exercise } from './exercise.ts'
import { highlight } from './highlight.ts'

const root = fileURLToPath(new URL('../../../exercises', import.meta.url))

declare const data: Readonly<Record<string, Exercise>>
export { data }

/** Read when the site is built, so that no parser travels to the reader. */
export default {
  watch: ['../../../exercises/*/{exercise.yaml,starter.ts,comments.zh.json,hints/*.md}'],
  load(): Record<string, Exercise> {
    const folders = readdirSync(root, { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    )
    return Object.fromEntries(folders.map(({ name }) => [name, readExercise(join(root, name))]))
  },
}

function readExercise(folder: string): Exercise {
  const text = (name: string) => readFileSync(join(folder, name), 'utf8')
  const inChinese = JSON.parse(text('comments.zh.json')) as Translations
  return {
    ...(parse(text('exercise.yaml')) as Pick<Exercise, 'title' | 'minutes' | 'file' | 'intro'>),
    starterHtml: {
      en: highlight(text('starter.ts')),
      zh: highlight(translateComments(text('starter.ts'), inChinese)),
    },
    hints: { en: listItems(text('hints/en.md')), zh: listItems(text('hints/zh.md')) },
    mutants: freshScore(basename(folder), folder),
  }
}

const listItems = (markdown: string) =>
  markdown
    .split(/^\d+\. +/m)
    .slice(1)
    .map((item) => item.trim())
