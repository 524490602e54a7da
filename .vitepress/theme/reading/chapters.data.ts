import { readCatalog } from '../../../labs/catalog/catalog.ts'
import type { Text } from '../../../labs/language.ts'
import { labsFolder } from '../../../labs/session/folders.ts'
import { markdownOf, type WrittenChapter, writtenChapters } from '../../book/chapters.ts'
import { freshScore, type MutationScore } from '../../book/mutation-records.ts'
import { type Step, stepsIn } from './steps.ts'

/** A chapter that is written. */
export interface ChapterEntry extends Pick<
  WrittenChapter,
  'number' | 'slug' | 'title' | 'minutes'
> {
  readonly steps: readonly Step[]
}

export interface LabEntry {
  readonly number: number
  readonly slug: string
  readonly title: Text
  readonly summary: Text
  readonly minutes: number
  readonly tasks: readonly { readonly id: string; readonly title: Text }[]
  /** None, where it is not known of these files. */
  readonly mutants?: MutationScore
}

export interface Book {
  readonly chapters: readonly ChapterEntry[]
  readonly labs: readonly LabEntry[]
}

declare const data: Book
export { data }

export default {
  // VitePress goes through what these have in common, the whole project: not through every server's files.
  watch: [
    '../../../docs/*.md',
    '../../../labs/*/lab.yaml',
    '../../../test/mutants/results/*.json',
    '!**/.four-tiers/**',
    '!**/.git/**',
  ],
  load(): Book {
    const labs = readCatalog(labsFolder).map(
      ({ number, slug, title, summary, minutes, tasks, folder }): LabEntry => ({
        number,
        slug,
        title,
        summary,
        minutes,
        tasks: tasks.map((task) => ({ id: task.id, title: task.title })),
        mutants: freshScore(slug, folder),
      }),
    )
    const tasksOf = (lab: string) =>
      labs.find(({ slug }) => slug === lab)?.tasks.map(({ id }) => id) ?? []
    return {
      labs,
      chapters: writtenChapters().map((chapter) => entryOf(chapter, tasksOf)),
    }
  },
}

function entryOf(
  chapter: WrittenChapter,
  tasksOf: (lab: string) => readonly string[],
): ChapterEntry {
  const { number, slug, title, minutes } = chapter
  return { number, slug, title, minutes, steps: stepsIn(slug, markdownOf(chapter), tasksOf) }
}
