import { join } from 'node:path'
import type { Language } from '../../../labs/language.ts'
import { readTerms, type Term } from './terms.ts'

export interface Glossary {
  readonly terms: readonly Term[]
  /** Ids as a dictionary has them, Chinese by pinyin. Sorted here: browsers differ in how they sort. */
  readonly order: Readonly<Record<Language, readonly string[]>>
}

declare const data: Glossary
export { data }

export default {
  watch: ['../../../docs/terms/*.yaml'],
  load(): Glossary {
    const terms = readTerms(join(import.meta.dirname, '../../../docs/terms'))
    const sorted = (language: Language, locale: string) => {
      const { compare } = new Intl.Collator(locale)
      return [...terms]
        .sort((a, b) => compare(a[language].term, b[language].term))
        .map(({ id }) => id)
    }
    return { terms, order: { en: sorted('en', 'en'), zh: sorted('zh', 'zh-CN-u-co-pinyin') } }
  },
}
