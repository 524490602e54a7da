import { useData, withBase } from 'vitepress'
import { computed, type ComputedRef } from 'vue'
import { type Language, languageOf } from '../../labs/language.ts'
import { rootOf } from '../book/page-language.ts'

/** The language of the page that is shown. */
export function useLanguage(): ComputedRef<Language> {
  const { lang } = useData()
  return computed(() => languageOf(lang.value))
}

/** The address of another page in the same language, by its slug. */
export function useLinkTo(): (slug: string) => string {
  const language = useLanguage()
  return (slug) => withBase(`${rootOf(language.value)}/${slug}`)
}
