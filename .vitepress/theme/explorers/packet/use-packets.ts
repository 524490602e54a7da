import { computed, readonly, ref, watch } from 'vue'
import type { Mode } from '../../../../snippets/lvs/network.ts'
import { commandsOf, faultsOf, stepsOf, type Question } from './packet-question.ts'
import { usePlayer } from '../parts/use-player.ts'

/** Time to read a sentence, while the story plays by itself. */
const tickMs = 3500

/** The reader's question, and how far the story has been told. */
export function usePackets() {
  const question = ref<Question>({ mode: 'nat', fault: undefined })
  const steps = computed(() => stepsOf(question.value))
  const at = ref(0)
  const isPlaying = usePlayer(() => go(1), tickMs)
  const commands = computed(() => commandsOf(question.value))
  const earlier = ref(commands.value)

  watch(commands, (_, before) => (earlier.value = before))
  watch(question, () => {
    at.value = 0
    isPlaying.value = false
  })

  const isLast = computed(() => at.value === steps.value.length - 1)
  function go(by: number): void {
    at.value = Math.min(Math.max(at.value + by, 0), steps.value.length - 1)
    if (isLast.value) isPlaying.value = false
  }
  function restart(): void {
    at.value = 0
    isPlaying.value = false
  }
  function toggle(): void {
    if (isLast.value && !isPlaying.value) at.value = 0
    isPlaying.value = !isPlaying.value
  }

  return {
    question: readonly(question),
    steps,
    at: readonly(at),
    isPlaying: readonly(isPlaying),
    isLast,
    commands,
    earlier: readonly(earlier),
    go,
    restart,
    toggle,
    setMode(mode: Mode): void {
      const { fault } = question.value
      const stays = fault && faultsOf[mode].includes(fault)
      question.value = { mode, fault: stays ? fault : undefined }
    },
    setFault(fault: Question['fault']): void {
      question.value = { ...question.value, fault }
    },
  }
}
