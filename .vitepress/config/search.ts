import { basename, dirname } from 'node:path'
import type { DefaultTheme, MarkdownEnv, MarkdownRenderer } from 'vitepress'
import { readSectionWords, wordsAt } from '../book/section-words.ts'
import { miniSearch } from '../book/search-words.ts'
import { type Section, sectionsOf, termsAsSections } from './search-sections.ts'

type Search = NonNullable<DefaultTheme.Config['search']> & { provider: 'local' }

const options: NonNullable<Search['options']> = {
  // With an excerpt of each, until the reader folds them.
  detailedView: true,
  locales: {
    root: {
      translations: { button: { buttonText: 'Search', buttonAriaLabel: 'Search' } },
    },
    zh: {
      translations: {
        button: { buttonText: '搜索', buttonAriaLabel: '搜索' },
        modal: {
          displayDetails: '显示详情',
          resetButtonTitle: '清除',
          backButtonTitle: '关闭',
          noResultsText: '没有找到：',
          footer: {
            selectText: '打开',
            selectKeyAriaLabel: '回车键',
            navigateText: '选择',
            navigateUpKeyAriaLabel: '上箭头',
            navigateDownKeyAriaLabel: '下箭头',
            closeText: '关闭',
            closeKeyAriaLabel: 'Esc 键',
          },
        },
      },
    },
  },
}

/** The page without what stands behind its claims. */
export function wordsOfPage(page: string, env: MarkdownEnv, md: MarkdownRenderer): string {
  const own = { ...env, forSearch: true }
  const html = md.render(page, own)
  return own.frontmatter?.search === false ? '' : html
}

/** Of a page of the book; the glossary has no headings, but terms. */
export function sectionsOfPage(path: string, html: string): Section[] {
  const sections = sectionsOf(html)
  if (basename(path) !== 'glossary.md') return sections
  const language = basename(dirname(path)) === 'zh' ? 'zh' : 'en'
  return [...sections, ...termsAsSections(language, sections[0]!.titles[0]!)]
}

/** The build's half: what a section is, and what else it is called. The browser needs neither. */
export const indexing = {
  ...miniSearch,
  options: {
    ...miniSearch.options,
    extractField(section: Record<string, unknown>, field: string) {
      if (field !== 'words') return section[field]
      return wordsAt(String(section.id), (searched ??= readSectionWords()))
    },
  },
  _splitIntoSections: sectionsOfPage,
}
let searched: ReturnType<typeof readSectionWords> | undefined

// Not enumerable, so that VitePress indexes by it and does not write it into the page: it would send
// the functions as source text, and the page may not evaluate any. The theme brings them there.
for (const [name, value] of Object.entries({ miniSearch: indexing, _render: wordsOfPage }))
  Object.defineProperty(options, name, { value, enumerable: false })

export const search: Search = { provider: 'local', options }
