import { computed, onScopeDispose, readonly, ref } from 'vue'
import type { Language } from '../../../labs/language.ts'
import { recordDone } from '../reading/progress.ts'
import { createKeptEdits } from './kept-edits.ts'
import { createJudge } from './judge/judge-answer.ts'
import type { Sources } from './sources.ts'
import { SILENCE_MS, useVerdict } from './use-verdict.ts'

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
  const { verdict, isPast, isJudging, judgeSoon } = useVerdict(judge, text, () =>
    recordDone('exercise', id),
  )

  function write(next: string, aside: string | undefined): void {
    text.value = next
    putAside.value = aside
    isKept.value = kept.write({ text: next, putAside: aside })
    judgeSoon(SILENCE_MS)
  }

  judgeSoon(0)
  onScopeDispose(() => judge.dispose())

  return {
    text: readonly(text),
    isChanged: computed(() => text.value !== sources.starter),
    canUndoReset: computed(() => putAside.value !== undefined && text.value === sources.starter),
    isKept: readonly(isKept),
    verdict,
    isPast,
    isJudging,
    edit(next: string): void {
      if (next !== text.value) write(next, putAside.value)
    },
    reset: () => write(sources.starter, text.value),
    undoReset: () => write(putAside.value ?? text.value, undefined),
  }
}
