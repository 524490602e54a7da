import { computed, onScopeDispose, readonly, ref, shallowRef } from 'vue'
import type { Language } from '../../../labs/language.ts'
import { recordDone } from '../reading/progress.ts'
import { createKeptEdits } from './kept-edits.ts'
import { createJudge, type Judging } from './judge/judge-answer.ts'
import type { Verdict } from './judge/verdict.ts'
import type { Sources } from './sources.ts'

/** Milliseconds of silence after which the reader has stopped typing. */
const SILENCE_MS = 120

interface Options {
  readonly id: string
  readonly file: string
  readonly language: Language
  readonly sources: Sources
}

/** The reader's text and what the checks say of it; every edit is kept, and judged. */
export function useExercise({ id, file, language, sources }: Options) {
  const kept = createKeptEdits(id)
  const judge = createJudge({ language, file, sources: sources.others })
  const text = ref(kept.read()?.text ?? sources.starter)
  const putAside = ref(kept.read()?.putAside)
  const isKept = ref(true)
  const verdict = shallowRef<Verdict>()
  const isJudging = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let judging: Judging | undefined

  async function judgeNow(): Promise<void> {
    const mine = (judging = judge.judge(text.value))
    const result = await mine.verdict
    if (judging !== mine) return
    judging = undefined
    isJudging.value = false
    verdict.value = result
    if (result.outcome === 'pass') recordDone('exercise', id)
  }

  function callOff(): void {
    clearTimeout(timer)
    judging?.cancel()
    judging = undefined
  }

  function judgeSoon(afterMs: number): void {
    callOff()
    isJudging.value = true
    timer = setTimeout(judgeNow, afterMs)
  }

  function write(next: string, aside: string | undefined): void {
    text.value = next
    putAside.value = aside
    isKept.value = kept.write({ text: next, putAside: aside })
    judgeSoon(SILENCE_MS)
  }

  judgeSoon(0)
  onScopeDispose(() => {
    callOff()
    judge.dispose()
  })

  return {
    text: readonly(text),
    isChanged: computed(() => text.value !== sources.starter),
    canUndoReset: computed(() => putAside.value !== undefined && text.value === sources.starter),
    isKept: readonly(isKept),
    verdict,
    isJudging: readonly(isJudging),
    edit(next: string): void {
      if (next !== text.value) write(next, putAside.value)
    },
    reset: () => write(sources.starter, text.value),
    undoReset: () => write(putAside.value ?? text.value, undefined),
  }
}
