import { computed, onScopeDispose, readonly, ref, type Ref, shallowRef } from 'vue'
import type { Judging } from './judge/judge-answer.ts'
import type { Verdict } from './judge/verdict.ts'

/** Milliseconds of silence after which the reader has stopped typing. */
export const SILENCE_MS = 120

interface Judge {
  judge(answer: string): Judging
}

/** What the checks say of a text that changes; a verdict is always of one text. */
export function useVerdict(judge: Judge, text: Readonly<Ref<string>>, onPass: () => void) {
  const last = shallowRef<{ readonly text: string; readonly verdict: Verdict }>()
  const isJudging = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let judging: Judging | undefined

  async function judgeNow(): Promise<void> {
    const answer = text.value
    const mine = (judging = judge.judge(answer))
    const verdict = await mine.verdict
    if (judging !== mine) return
    judging = undefined
    isJudging.value = false
    last.value = { text: answer, verdict }
    if (verdict.outcome === 'pass') onPass()
  }

  function callOff(): void {
    clearTimeout(timer)
    judging?.cancel()
    judging = undefined
  }
  onScopeDispose(callOff)

  return {
    verdict: computed(() => last.value?.verdict),
    /** The verdict is of what stood here before. */
    isPast: computed(() => last.value !== undefined && last.value.text !== text.value),
    isJudging: readonly(isJudging),
    judgeSoon(afterMs: number): void {
      callOff()
      isJudging.value = true
      timer = setTimeout(judgeNow, afterMs)
    },
  }
}
