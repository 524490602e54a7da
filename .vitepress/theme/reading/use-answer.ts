import { computed, readonly, ref, type Ref, watch } from 'vue'
import type { Choice } from './prediction.ts'
import type { Done } from './progress-record.ts'

/** A question as one reader has it. `done`: what is kept of it; `keep` keeps the choice's place. */
export function useAnswer(done: Readonly<Ref<Done | undefined>>, keep: (choice: number) => void) {
  const chosen = ref<number>()
  const choices: Choice[] = []
  /** Answered before, and thinking again. */
  const isTrying = ref(false)
  const isOver = computed(() => done.value !== undefined && !isTrying.value)
  const mine = computed(() =>
    isOver.value && chosen.value !== undefined ? choices[chosen.value] : undefined,
  )
  const keptChoice = () => {
    const { detail } = done.value ?? {}
    return detail === undefined || detail === 'shown' ? undefined : Number(detail)
  }
  watch(done, (_, before) => {
    if (!done.value && !before) return
    isTrying.value = false
    chosen.value = keptChoice()
  })

  return {
    chosen,
    isOver: readonly(isOver),
    /** The choice that was made; none, if the answer was only shown. */
    mine,
    isRight: computed(() => mine.value?.isRight ?? false),
    join: (choice: Choice): number => choices.push(choice) - 1,
    answer(): void {
      if (chosen.value === undefined) return
      isTrying.value = false
      keep(chosen.value)
    },
    tryAgain(): void {
      isTrying.value = true
      chosen.value = undefined
    },
    /** Back to what is kept. */
    giveUp(): void {
      if (!isTrying.value) return
      isTrying.value = false
      chosen.value = keptChoice()
    },
  }
}
