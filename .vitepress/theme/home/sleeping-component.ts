import {
  type AsyncComponentLoader,
  defineAsyncComponent,
  defineComponent,
  h,
  type Ref,
  ref,
  type VNode,
} from 'vue'
import { useMessages } from '../messages.ts'
import { needsScript, type NeedsScript } from './needs-script.ts'

/** When the code of a component is fetched. */
export interface Awakening {
  readonly isWanted: Promise<void>
  readonly onAwake?: () => void
}

/**
 * A component whose code comes when it is wanted; until then the page shows what the server drew. Who
 * has switched scripts off is told what needs them.
 */
export const sleepingComponent = (
  load: AsyncComponentLoader,
  awaken: (place: Readonly<Ref<HTMLElement | undefined>>) => Awakening,
  needs?: NeedsScript,
) =>
  defineComponent({
    inheritAttrs: false,
    setup(_, { attrs, slots }) {
      const place = ref<HTMLElement>()
      const told = withoutScripts(needs)
      const { isWanted, onAwake } = awaken(place)
      const Inner = defineAsyncComponent(
        import.meta.env.SSR ? load : () => isWanted.then(() => load()),
      )
      const own = onAwake && { onVnodeMounted: onAwake }
      return () =>
        h('div', { ref: place, class: 'lazy' }, [...told(), h(Inner, { ...attrs, ...own }, slots)])
    },
  })

/** Where this code runs in a browser, scripts are on: there the text would be weight, and is left out. */
function withoutScripts(needs: NeedsScript | undefined): () => readonly VNode[] {
  if (!needs) return () => []
  const say = import.meta.env.SSR ? useMessages(needsScript) : undefined
  return () => [h('noscript', { 'data-allow-mismatch': 'text' }, say?.value[needs] ?? '')]
}
