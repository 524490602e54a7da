import { computed, type ComputedRef } from 'vue'
import { useLanguage } from './language.ts'

/** A component's texts in both languages; the type makes sure that none is forgotten. */
export type Messages<T> = { readonly en: T; readonly zh: T }

export function useMessages<T>(messages: Messages<T>): ComputedRef<T> {
  const language = useLanguage()
  return computed(() => messages[language.value])
}
