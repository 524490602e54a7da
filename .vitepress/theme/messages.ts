import { computed, type ComputedRef } from 'vue'
import { useData } from 'vitepress'

/** A component's texts in both languages; the type makes sure that none is forgotten. */
export type Messages<T> = { readonly en: T; readonly zh: T }

export function useMessages<T>(messages: Messages<T>): ComputedRef<T> {
  const { lang } = useData()
  return computed(() => (lang.value.startsWith('zh') ? messages.zh : messages.en))
}
