import { type ComputedRef, onMounted, onScopeDispose, readonly, ref, watch } from 'vue'
import { useLanguage } from '../language.ts'
import { hearOtherTabs } from '../other-tabs.ts'
import type { ChapterEntry } from './chapters.data.ts'
import { loadPlace, type Place, placeKey, savePlace } from './place.ts'
import { browserShelf } from './progress-store.ts'
import { headingsOnPage, isLastInView, sectionAt } from './sections.ts'

/** After the last movement: nobody reads while the page flies by. */
const restMs = 400

/** Keeps in this browser where the reader of a chapter is. */
export function useKeptPlace(chapter: ComputedRef<ChapterEntry | undefined>): void {
  const language = useLanguage()
  let timer: ReturnType<typeof setTimeout> | undefined

  function keep(): void {
    clearTimeout(timer)
    if (!chapter.value) return
    const headings = headingsOnPage()
    const id = sectionAt(headings)
    savePlace(browserShelf(), {
      slug: chapter.value.slug,
      ...(id !== undefined && { section: { id, title: titleOf(id) } }),
      language: language.value,
      isLast: isLastInView(headings, innerHeight),
    })
  }
  function soon(): void {
    clearTimeout(timer)
    timer = setTimeout(keep, restMs)
  }

  const listening = new AbortController()
  onMounted(() => {
    const { signal } = listening
    window.addEventListener('scroll', soon, { passive: true, signal })
    window.addEventListener('pagehide', keep, { signal })
    watch([() => chapter.value?.slug, language], soon, { immediate: true })
  })
  onScopeDispose(() => {
    listening.abort()
    clearTimeout(timer)
  })
}

/** Without the sign that links a heading to itself. */
function titleOf(id: string): string {
  const heading = document.getElementById(id)?.cloneNode(true) as HTMLElement | undefined
  heading?.querySelector('.header-anchor')?.remove()
  return heading?.textContent?.trim() ?? ''
}

/** Where the reader was, in this tab or in another; none before the page has come to life. */
export function usePlace() {
  const place = ref<Place>()
  const listening = new AbortController()
  onMounted(() => {
    const read = () => (place.value = loadPlace(browserShelf()))
    read()
    hearOtherTabs(placeKey, read, { signal: listening.signal })
  })
  onScopeDispose(() => listening.abort())
  return readonly(place)
}
