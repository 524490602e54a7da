import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type Lab, readCatalog } from '../../../labs/catalog/catalog.ts'
import { labsFolder, projectFolder } from '../../../labs/session/folders.ts'
import { markdownOf, type WrittenChapter, writtenChapters } from '../../book/chapters.ts'
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

export interface Book {
  readonly chapters: readonly ChapterEntry[]
}

declare const data: Book
export { data }

export default {
  // VitePress goes through what these have in common, the whole project: not through every server's files.
  watch: [
    '../../../docs/*.md',
    '../../../labs/*/lab.yaml',
    '../../../exercises/*/exercise.yaml',
    '!**/.four-tiers/**',
    '!**/.git/**',
  ],
  load(): Book {
    const labs = readCatalog(labsFolder)
    return { chapters: writtenChapters().map((chapter) => entryOf(chapter, labs)) }
  },
}

function entryOf(chapter: WrittenChapter, labs: readonly Lab[]): ChapterEntry {
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
