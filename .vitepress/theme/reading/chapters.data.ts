import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type Lab, readCatalog } from '../../../labs/catalog/catalog.ts'
import { labsFolder, projectFolder } from '../../../labs/session/folders.ts'
import {
  type ChapterPart,
  markdownOf,
  type WrittenChapter,
  writtenChapters,
} from '../../book/chapters.ts'
import { cutBefore } from '../../book/headings.ts'
import { type Minutes, minutesOf, shared } from './minutes.ts'
import { type Steps, stepsIn, stepsOf } from './steps.ts'

/** A chapter that is written. */
export interface ChapterEntry extends Pick<
  WrittenChapter,
  'number' | 'slug' | 'title' | 'minutes'
> {
  readonly parts: readonly PartEntry[]
  /** `minutes` are those to read it; these are all. */
  readonly time: Minutes
}

export interface PartEntry extends ChapterPart {
  /** To read it. */
  readonly minutes: number
  readonly steps: Steps
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
  const own = chapter.parts.length > 0 ? chapter.parts : [{ id: slug, title }]
  const texts = cutBefore(
    markdownOf(chapter),
    own.slice(1).map(({ id }) => id),
  )
  const minutesOfParts = shared(minutes, texts)
  const labOf = (wanted: string) => labs.find((lab) => lab.slug === wanted)
  const tasksOf = (lab: string) => labOf(lab)?.tasks.map(({ id }) => id) ?? []
  const parts = own.map((part, at) => {
    // Who has come to the end of the last has read the chapter.
    const read = at === own.length - 1 ? slug : `${slug}/${part.id}`
    return { ...part, minutes: minutesOfParts[at]!, steps: stepsIn(read, texts[at]!, tasksOf) }
  })
  const time = minutesOf(minutes, stepsOf({ parts }), {
    exercise: minutesOfExercise,
    lab: (lab) => labOf(lab)?.minutes ?? 0,
  })
  return { number, slug, title, minutes, parts, time }
}

function minutesOfExercise(id: string): number {
  const file = join(projectFolder, 'exercises', id, 'exercise.yaml')
  return (parse(readFileSync(file, 'utf8')) as { readonly minutes: number }).minutes
}
