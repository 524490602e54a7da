import { readCatalog } from '../../../labs/catalog/catalog.ts'
import type { Text } from '../../../labs/language.ts'
import { labsFolder } from '../../../labs/session/folders.ts'
import { markdownOf, type WrittenChapter, writtenChapters } from '../../book/chapters.ts'
import { type SectionName, sectionNames } from '../../book/headings.ts'
import { freshScore, type MutationScore } from '../../book/mutation-records.ts'
import { type Step, stepsIn } from './steps.ts'

/** A chapter that is written. */
export interface ChapterEntry extends Pick<
  WrittenChapter,
  'number' | 'slug' | 'title' | 'minutes'
> {
  readonly steps: readonly Step[]
}

export interface TaskEntry {
  readonly id: string
  readonly title: Text
  /** Those that teach it. */
  readonly sections: readonly SectionName[]
}

export interface LabEntry {
  readonly number: number
  readonly slug: string
  readonly title: Text
  readonly summary: Text
  readonly minutes: number
  readonly tasks: readonly TaskEntry[]
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
    '../../../docs/zh/*.md',
    '../../../labs/*/lab.yaml',
    '../../../test/mutants/results/*.json',
    '!**/.four-tiers/**',
    '!**/.git/**',
  ],
  load(): Book {
    const chapters = writtenChapters()
    const labs = readCatalog(labsFolder).map(
      ({ number, slug, title, summary, minutes, tasks, folder }): LabEntry => ({
        number,
        slug,
        title,
        summary,
        minutes,
        tasks: tasks.map(({ id, title }) => ({ id, title, sections: teaching(slug, id) })),
        mutants: freshScore(slug, folder),
      }),
    )
    const tasksOf = (lab: string) =>
      labs.find(({ slug }) => slug === lab)?.tasks.map(({ id }) => id) ?? []
    return {
      labs,
      chapters: chapters.map((chapter) => entryOf(chapter, tasksOf)),
    }
  },
}

/** A lab has its chapter's slug. */
function teaching(slug: string, task: string): readonly SectionName[] {
  const chapter = writtenChapters().find((one) => one.slug === slug)
  const ids = chapter?.tasks[task] ?? []
  return ids.length === 0 ? [] : sectionNames({ slug }).filter(({ id }) => ids.includes(id))
}

function entryOf(
  chapter: WrittenChapter,
  tasksOf: (lab: string) => readonly string[],
): ChapterEntry {
  const { number, slug, title, minutes } = chapter
  return { number, slug, title, minutes, steps: stepsIn(slug, markdownOf(chapter), tasksOf) }
}
