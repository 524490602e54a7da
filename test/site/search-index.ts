import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import MiniSearch from 'minisearch'
import { createMarkdownRenderer, type MarkdownEnv } from 'vitepress'
import type { Language } from '../../labs/language.ts'
import { rootOf } from '../../.vitepress/book/page-language.ts'
import { miniSearch } from '../../.vitepress/book/search-words.ts'
import { ownMarkdown } from '../../.vitepress/config/own-markdown.ts'
import { indexing, wordsOfPage } from '../../.vitepress/config/search.ts'
import { docs, names } from '../content/pages.ts'

const base = '/four-tiers'
/** What VitePress stores of a section, besides its address. */
const stored = { storeFields: ['title', 'titles'] }
/** Colours are no words, and take long. */
const highlight = (code: string) =>
  `<pre>${code.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre>`

/** The index as VitePress makes it when it builds the site, and opens it in the browser: by way of JSON. */
export async function openIndex(language: Language) {
  const md = await createMarkdownRenderer(docs, { config: ownMarkdown, highlight }, `${base}/`)
  const built = new MiniSearch({ ...stored, ...indexing.options })
  for (const name of names) {
    const relativePath = (language === 'zh' ? 'zh/' : '') + name
    const path = join(docs, relativePath)
    const env: MarkdownEnv = { path, relativePath, cleanUrls: true }
    const html = wordsOfPage(readFileSync(path, 'utf8'), env, md)
    const page = `${base}${rootOf(language)}/${name.replace(/(?:index)?\.md$/, '')}`
    for (const { anchor, titles, text } of indexing._splitIntoSections(path, html))
      built.add({
        id: `${page}#${anchor}`,
        text,
        title: titles.at(-1),
        titles: titles.slice(0, -1),
      })
  }
  const { options, searchOptions } = miniSearch
  const text = JSON.stringify(built)
  const index = MiniSearch.loadJSON(text, { ...stored, ...options, searchOptions })
  /** `load-balancer#reading-the-configuration`. */
  const sectionOf = (id: unknown) => String(id).slice(`${base}${rootOf(language)}/`.length)
  const { documentIds } = JSON.parse(text) as { documentIds: Record<string, string> }
  return {
    sections: Object.values(documentIds).map(sectionOf),
    /** The best first. */
    find: (query: string): string[] => index.search(query).map(({ id }) => sectionOf(id)),
  }
}
