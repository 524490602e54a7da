import { type AsyncComponentLoader, onBeforeUnmount, onMounted } from 'vue'
import type { NeedsScript } from '../home/needs-script.ts'
import { sleepingComponent } from '../home/sleeping-component.ts'

/** A finger need not wait for the page to be at rest. */
const touches = ['pointerdown', 'focusin', 'keydown'] as const

/**
 * A component whose code comes when it can be seen and the page is at rest, or else at the first
 * touch. Unlike a `lazyComponent`, it does not wait for a sign of the reader: it moves by itself.
 */
export const seenComponent = (load: AsyncComponentLoader, needs?: NeedsScript) =>
  sleepingComponent(
    load,
    (place) => {
      let stop: (() => void) | undefined
      const isWanted = new Promise<void>((resolve) =>
        onMounted(() => (stop = onceWanted(place.value!, resolve))),
      )
      onBeforeUnmount(() => stop?.())
      return { isWanted }
    },
    needs,
  )

/** Calls back once; the returned function ends the waiting. */
export function onceWanted(element: HTMLElement, then: () => void): () => void {
  let isOver = false
  const observer = new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) wake()
  })
  function stop(): void {
    isOver = true
    observer.disconnect()
    for (const touch of touches) element.removeEventListener(touch, wake)
  }
  function wake(): void {
    if (isOver) return
    stop()
    then()
  }
  for (const touch of touches) element.addEventListener(touch, wake, { passive: true })
  void atRest().then(() => isOver || observer.observe(element))
  return stop
}

/** Everything of the page has come, and nothing is being done. */
async function atRest(): Promise<void> {
  if (document.readyState !== 'complete')
    await new Promise((done) => window.addEventListener('load', done, { once: true }))
  await new Promise<unknown>((done) => {
    // Safari learnt it late.
    if ('requestIdleCallback' in window) requestIdleCallback(done, { timeout: 2_000 })
    else setTimeout(done, 200)
  })
}
