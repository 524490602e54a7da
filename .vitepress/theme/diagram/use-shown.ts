import { onMounted, onScopeDispose, readonly, ref, type Ref } from 'vue'

/** Whether an element can be seen: on the screen, and its tab in front. And may things move? */
export function useShown(element: Readonly<Ref<HTMLElement | null>>) {
  const isShown = ref(false)
  const prefersStill = ref(false)
  onMounted(() => {
    let isOnScreen = false
    const look = () => (isShown.value = isOnScreen && !document.hidden)
    const observer = new IntersectionObserver((entries) => {
      isOnScreen = entries.at(-1)?.isIntersecting ?? false
      look()
    })
    if (element.value) observer.observe(element.value)
    document.addEventListener('visibilitychange', look)
    prefersStill.value = matchMedia('(prefers-reduced-motion: reduce)').matches
    onScopeDispose(() => {
      observer.disconnect()
      document.removeEventListener('visibilitychange', look)
    })
  })
  return { isShown: readonly(isShown), prefersStill: readonly(prefersStill) }
}
