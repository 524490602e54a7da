import { readCatalog } from '../../labs/catalog/catalog.ts'
import type { Text } from '../../labs/language.ts'
import { labsFolder } from '../../labs/session/folders.ts'
import { writtenChapters } from './chapters.ts'
import { type SectionName, sectionNames } from './headings.ts'
import { freshScore, type MutationScore } from './mutation-records.ts'

export interface TaskEntry {
  readonly id: string
  readonly title: Text
  /** Those that teach it. */
  readonly sections: readonly SectionName[]
}

/** What the page of a lab's chapter says of it, and no other page has to bring along. */
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

/** Undefined: there is no such lab. */
export function labBox(slug: string): LabEntry | undefined {
  const lab = readCatalog(labsFolder).find((one) => one.slug === slug)
  if (!lab) return undefined
  const { number, title, summary, minutes, folder } = lab
  // A lab has its chapter's slug.
  const taught = writtenChapters().find((chapter) => chapter.slug === slug)?.tasks ?? {}
  const sections = sectionNames({ slug })
  const tasks = lab.tasks.map(({ id, title }): TaskEntry => ({
    id,
    title,
    sections: sections.filter((section) => taught[id]?.includes(section.id)),
  }))
  return { number, slug, title, summary, minutes, tasks, mutants: freshScore(slug, folder) }
}
