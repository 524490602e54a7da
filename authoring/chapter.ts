import { readFileSync, writeFileSync } from 'node:fs'
import type { YAMLSeq } from 'yaml'
import { parseDocument } from 'yaml'
import { type Chapter, planned, readChapters } from '../.vitepress/book/chapters.ts'

/** The chapter of this slug as it was planned, or the next one of the book. */
export function chapterFor(slug: string): Chapter {
  const chapters = readChapters()
  const found = chapters.find((chapter) => chapter.slug === slug)
  if (found) return found
  const title = slug.charAt(0).toUpperCase() + slug.slice(1).replaceAll('-', ' ')
  return {
    number: chapters.length,
    slug,
    title: { en: title, zh: title },
    about: { en: 'TODO', zh: 'TODO' },
  }
}

/** A chapter that has its page is not to come any more. */
export function noLongerPlanned(slug: string): void {
  const document = parseDocument(readFileSync(planned, 'utf8'))
  const rows = document.contents as YAMLSeq | null
  const index = rows?.items.findIndex((_, at) => document.getIn([at, 'slug']) === slug) ?? -1
  if (index < 0) return
  document.deleteIn([index])
  writeFileSync(planned, document.toString())
}
