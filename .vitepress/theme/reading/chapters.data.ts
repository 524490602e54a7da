import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { readCatalog } from '../../../labs/catalog/catalog.ts'
import type { Text } from '../../../labs/language.ts'
import { labsFolder, projectFolder } from '../../../labs/session/folders.ts'
import { markdownOf, type WrittenChapter, writtenChapters } from '../../book/chapters.ts'
import { type SectionName, sectionNames } from '../../book/headings.ts'
import { freshScore, type MutationScore } from '../../book/mutation-records.ts'
import { type Minutes, minutesOf } from './minutes.ts'
import { type Step, stepsIn } from './steps.ts'

/** A chapter that is written. */
export interface ChapterEntry extends Pick<
  WrittenChapter,
  'number' | 'slug' | 'title' | 'minutes'
> {
  readonly steps: readonly Step[]
  /** `minutes` are those to read it; these are all. */
  readonly time: Minutes
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
    '../../../exercises/*/exercise.yaml',
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
        tasks: tasks.map(({ id, title }) => ({
          id,
          title,
          sections: teaching(chapters, slug, id),
        })),
        mutants: freshScore(slug, folder),
      }),
    )
    return { labs, chapters: chapters.map((chapter) => entryOf(chapter, labs)) }
  },
}

/** A lab has its chapter's slug. */
function teaching(
  chapters: readonly WrittenChapter[],
  slug: string,
  task: string,
): readonly SectionName[] {
  const ids = chapters.find((chapter) => chapter.slug === slug)?.tasks[task] ?? []
  return ids.length === 0 ? [] : sectionNames({ slug }).filter(({ id }) => ids.includes(id))
}

function entryOf(chapter: WrittenChapter, labs: readonly LabEntry[]): ChapterEntry {
  const { number, slug, title, minutes } = chapter
  const labOf = (wanted: string) => labs.find((lab) => lab.slug === wanted)
  const steps = stepsIn(
    slug,
    markdownOf(chapter),
    (lab) => labOf(lab)?.tasks.map(({ id }) => id) ?? [],
  )
  const time = minutesOf(minutes, steps, {
    exercise: minutesOfExercise,
    lab: (lab) => labOf(lab)?.minutes ?? 0,
  })
  return { number, slug, title, minutes, steps, time }
}

function minutesOfExercise(id: string): number {
  const file = join(projectFolder, 'exercises', id, 'exercise.yaml')
  return (parse(readFileSync(file, 'utf8')) as { readonly minutes: number }).minutes
}
