import { readCatalog } from '../../labs/catalog/catalog.ts'
import type { Language } from '../../labs/language.ts'
import { labsFolder } from '../../labs/session/folders.ts'
import { writtenChapters } from './chapters.ts'
import { sectionNames } from './headings.ts'
import { freshScore, type MutationScore } from './mutation-records.ts'

export interface TaskEntry {
  readonly id: string
  readonly title: string
  /** Those that teach it. */
  readonly sections: readonly { readonly id: string; readonly title: string }[]
}

/** What the page of a lab's chapter says of it in its language, and no other page has to bring along. */
export interface LabEntry {
  readonly number: number
  readonly slug: string
  readonly title: string
  readonly summary: string
  readonly minutes: number
  readonly tasks: readonly TaskEntry[]
  /** None, where it is not known of these files. */
  readonly mutants?: MutationScore
}

/** Undefined: there is no such lab. */
export function labBox(slug: string, language: Language): LabEntry | undefined {
  const lab = readCatalog(labsFolder).find((one) => one.slug === slug)
  if (!lab) return undefined
  const { number, title, summary, minutes, folder } = lab
  // A lab has its chapter's slug.
  const taught = writtenChapters().find((chapter) => chapter.slug === slug)?.tasks ?? {}
  const sections = sectionNames({ slug }).map(({ id, title }) => ({ id, title: title[language] }))
  const tasks = lab.tasks.map(({ id, title }): TaskEntry => ({
    id,
    title: title[language],
    sections: sections.filter((section) => taught[id]?.includes(section.id)),
  }))
  const words = { title: title[language], summary: summary[language] }
  return { number, slug, ...words, minutes, tasks, mutants: freshScore(slug, folder) }
}
