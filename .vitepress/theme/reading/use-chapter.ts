import { computed } from 'vue'
import { useData } from 'vitepress'
import { data } from './chapters.data.ts'

/** The chapter that is open, if the page is one. */
export function useChapter() {
  const { page } = useData()
  return computed(() => {
    const slug = page.value.relativePath.replace(/^zh\//, '').replace(/\.md$/, '')
    return data.chapters.find((chapter) => chapter.slug === slug)
  })
}
