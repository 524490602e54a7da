import type { Text } from '../../labs/language.ts'
import { type Chapter, markdownOf } from './chapters.ts'
import { withoutFrontmatter } from './frontmatter.ts'

/** A section of a chapter, with its address in both languages. */
interface SectionName {
  readonly id: string
  readonly title: Text
}

const code = /^([ \t]*)(`{3,}|~{3,})[^]*?^\1\2[ \t]*$/gm
const marks = /[`*_]/g

const titlesIn = (markdown: string): string[] =>
  [
    ...withoutFrontmatter(markdown)
      .replace(code, '')
      .matchAll(/^#+ (.*)$/gm),
  ].map(([, title]) => title!.replace(marks, '').trim())

/** As VitePress does it to an English heading; test/content/tasks.test.ts compares. */
const idOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')

/** A page's Markdown, cut before each of these headings. What stands before the first is there as well. */
export function cutBefore(markdown: string, ids: readonly string[]): readonly string[] {
  const text = withoutFrontmatter(markdown)
  // As long as it was, so that places stay.
  const bare = text.replace(code, (block) => ' '.repeat(block.length))
  const places = [...bare.matchAll(/^#+ (.*)$/gm)]
    .filter(([, title]) => ids.includes(idOf(title!.replace(marks, ''))))
    .map(({ index }) => index)
  return [0, ...places].map((from, at) => text.slice(from, places[at]))
}

/** The sections of a chapter, the Chinese titles by their places. */
export function sectionNames(chapter: Pick<Chapter, 'slug'>): readonly SectionName[] {
  const zh = titlesIn(markdownOf(chapter, 'zh'))
  return titlesIn(markdownOf(chapter)).map((en, place) => ({
    id: idOf(en),
    title: { en, zh: zh[place] ?? en },
  }))
}
