import { onMounted, onScopeDispose, type Ref, watch } from 'vue'

/** Where somebody stands who has jumped to the heading below the element: it has not been seen then. */
const rootMargin = '-110px 0px 0px 0px'

/** Says each time that the element comes into view, below the bar at the window's upper edge. */
export function useSeen(element: Ref<Element | undefined>, seen: () => void): void {
  let observer: IntersectionObserver | undefined
  onMounted(() => {
    observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) seen()
      },
      { rootMargin },
    )
    watch(
      element,
      (now, before) => {
        if (before) observer?.unobserve(before)
        if (now) observer?.observe(now)
      },
      { immediate: true },
    )
  })
  onScopeDispose(() => observer?.disconnect())
}
