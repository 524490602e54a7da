import { join } from 'node:path'
import type { Language } from '../../labs/language.ts'
import { readTerms } from '../theme/reading/terms.ts'

/** What can be found: a heading with the text under it. */
export interface Section {
  readonly anchor: string
  /** Its heading, after those above it. */
  readonly titles: string[]
  readonly text: string
}

const heading = /<h([1-6])[^>]*>(.*?)<a[^>]* href="#([^"]*)"[^>]*>.*?<\/a><\/h\1>/gi
const withoutTags = (html: string) => html.replace(/<[^>]*>/g, '').trim()

/** The sections of a page, from what its Markdown became. */
export function sectionsOf(html: string): Section[] {
  const found = [...html.matchAll(heading)]
  const above: string[] = []
  return found.map((match, i) => {
    const [whole, level = '1', title = '', anchor = ''] = match
    above.length = Number(level) - 1
    above[Number(level) - 1] = withoutTags(title)
    const text = html.slice(match.index + whole.length, found[i + 1]?.index)
    return { anchor, titles: above.filter(Boolean), text: withoutTags(text) }
  })
}

/** The entries of the glossary: a Chinese one is found by its English word, too. */
export function termsAsSections(language: Language, title: string, folder = terms): Section[] {
  return readTerms(folder).map(({ id, ...term }) => {
    const { term: name, text } = term[language]
    const also = language === 'zh' ? `${term.en.term} ` : ''
    return { anchor: id, titles: [title, name], text: also + text }
  })
}

const terms = join(import.meta.dirname, '../../docs/terms')
