import type { Language } from '../../labs/language.ts'

/** Where the pages of a language begin: English at the root of the site. */
export const rootOf = (language: Language): string => (language === 'zh' ? '/zh' : '')

/** By the page's file: `zh/glossary.md`. */
export const languageOfPage = (file = ''): Language => (file.startsWith('zh/') ? 'zh' : 'en')
