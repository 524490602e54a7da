import { onScopeDispose, readonly, ref, type Ref, shallowRef, watch } from 'vue'
import type { Language } from '../../../../labs/language.ts'
import { SILENCE_MS } from '../use-verdict.ts'
import type { FromTypes, ToTypes } from './messages.ts'
import type { TypeProblem } from './type-check.ts'

/** As much of a `Worker` as is wanted of this one. */
export interface TypesWorker {
  onmessage: ((event: MessageEvent<FromTypes>) => void) | null
  onerror: ((event: never) => void) | null
  postMessage(message: ToTypes): void
  terminate(): void
}

interface Options {
  readonly file: string
  readonly language: Language
  readonly start?: () => TypesWorker
}

/** A megabyte, which comes when somebody asks for it. */
const startWorker = (): TypesWorker =>
  new Worker(new URL('./types-worker.ts', import.meta.url), { type: 'module', name: 'types' })

/** What TypeScript says of a text that changes, once the reader has asked for it. */
export function useTypes(text: Readonly<Ref<string>>, options: Options) {
  const { file, language, start = startWorker } = options
  /** `asked`: the compiler is on its way, or at work on its first answer. */
  const state = ref<'off' | 'asked' | 'on' | 'failed'>('off')
  const problems = shallowRef<readonly TypeProblem[]>([])
  let worker: TypesWorker | undefined
  let number = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const check = () => worker?.postMessage({ kind: 'check', number: ++number, text: text.value })

  function end(): void {
    clearTimeout(timer)
    worker?.terminate()
    worker = undefined
  }

  function ask(): void {
    if (worker) return
    state.value = 'asked'
    worker = start()
    worker.onmessage = ({ data }) => {
      // An answer to an older text is overtaken by the next one.
      if (data.number !== number) return
      problems.value = data.problems
      state.value = 'on'
    }
    worker.onerror = () => {
      end()
      state.value = 'failed'
    }
    worker.postMessage({ kind: 'begin', file, language })
    check()
  }

  watch(text, () => {
    clearTimeout(timer)
    if (worker) timer = setTimeout(check, SILENCE_MS)
  })
  onScopeDispose(end)

  return { state: readonly(state), problems, ask }
}
