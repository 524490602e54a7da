import {
  type AsyncComponentLoader,
  type Component,
  defineAsyncComponent,
  type HydrationStrategy,
  onBeforeUnmount,
  onMounted,
  type Ref,
} from 'vue'
import type { NeedsScript } from './needs-script.ts'
import { sleepingComponent } from './sleeping-component.ts'

/**
 * A component whose code comes when the reader is near it. Vue's `hydrateOnVisible` delays only the
 * coming to life: the code it fetches at once.
 */
export const lazyComponent = (load: AsyncComponentLoader, needs?: NeedsScript) =>
  sleepingComponent(
    load,
    (place) => {
      const early = keepClicks(place)
      const isWanted = new Promise<void>((resolve) =>
        onMounted(
          () =>
            void stirred()
              .then(() => near(place.value!))
              .then(resolve),
        ),
      )
      return { isWanted, onAwake: early.replay }
    },
    needs,
  )

/** What the server drew can be clicked before it has come to life: the last such click is not lost. */
function keepClicks(place: Readonly<Ref<HTMLElement | undefined>>) {
  let clicked: HTMLButtonElement | null | undefined
  const keep = ({ target }: MouseEvent) => {
    clicked = target instanceof Element ? target.closest('button') : undefined
  }
  const stop = () => place.value?.removeEventListener('click', keep, { capture: true })
  onMounted(() => place.value?.addEventListener('click', keep, { capture: true }))
  onBeforeUnmount(stop)
  return {
    replay() {
      stop()
      if (clicked?.isConnected) clicked.click()
    },
  }
}

const signs = ['pointermove', 'pointerdown', 'keydown', 'focusin', 'scroll', 'wheel', 'touchstart']
let someoneIsThere: Promise<void> | undefined

/** The first sign of a reader: a page that was only opened stays as light as it came. */
function stirred(): Promise<void> {
  someoneIsThere ??= new Promise((resolve) => {
    const stir = () => {
      for (const sign of signs) window.removeEventListener(sign, stir)
      resolve()
    }
    for (const sign of signs) window.addEventListener(sign, stir, { passive: true })
    // Restored further down, or opened at an anchor.
    if (window.scrollY > 0) stir()
  })
  return someoneIsThere
}

/** Half a screen before it comes into view. */
const near = (element: HTMLElement): Promise<void> =>
  new Promise((resolve) => onceNear([element], '50%', resolve))

/** Vue's `hydrateOnVisible` without its first look, which has the whole page laid out at that moment. */
const whenNear: HydrationStrategy = (hydrate, forEachElement) => {
  const elements: Element[] = []
  forEachElement((element) => elements.push(element))
  return onceNear(elements, '100%', hydrate)
}

/** Calls back when the first of these comes so near; the returned function ends the waiting. */
function onceNear(elements: readonly Element[], rootMargin: string, then: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return
      observer.disconnect()
      then()
    },
    { rootMargin },
  )
  for (const element of elements) observer.observe(element)
  return () => observer.disconnect()
}

/** A component that comes to life a screen before it is seen: a long page is not woken all at once. */
export const nearComponent = (component: Component): Component =>
  defineAsyncComponent({
    loader: () => Promise.resolve(component),
    hydrate: whenNear,
  })
