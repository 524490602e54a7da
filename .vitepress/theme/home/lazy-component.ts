import {
  type AsyncComponentLoader,
  type Component,
  defineAsyncComponent,
  defineComponent,
  h,
  type HydrationStrategy,
  onBeforeUnmount,
  onMounted,
  ref,
  type Ref,
} from 'vue'
import { useMessages } from '../messages.ts'
import { needsScript, type NeedsScript } from './needs-script.ts'

/**
 * A component whose code comes when the reader is near it; until then the page shows what the server
 * drew. Vue's `hydrateOnVisible` delays only the coming to life: the code it fetches at once. Who has
 * switched scripts off is told what needs them.
 */
export function lazyComponent(load: AsyncComponentLoader, needs?: NeedsScript) {
  return defineComponent({
    inheritAttrs: false,
    setup(_, { attrs, slots }) {
      const place = ref<HTMLElement>()
      const early = keepClicks(place)
      const say = useMessages(needsScript)
      const isNear = new Promise<void>((resolve) =>
        onMounted(
          () =>
            void stirred()
              .then(() => near(place.value!))
              .then(resolve),
        ),
      )
      const Inner = defineAsyncComponent(
        import.meta.env.SSR ? load : () => isNear.then(() => load()),
      )
      const inner = { ...attrs, onVnodeMounted: early.replay }
      return () =>
        h('div', { ref: place, class: 'lazy' }, [
          ...(needs ? [h('noscript', say.value[needs])] : []),
          h(Inner, inner, slots),
        ])
    },
  })
}

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
