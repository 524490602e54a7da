import { onScopeDispose } from 'vue'
import type { Language } from '../../../labs/language.ts'
import { recordDone } from '../reading/progress.ts'
import { createJudge } from './judge/judge-answer.ts'
import type { Sources } from './sources.ts'
import { useKeptText } from './use-kept-text.ts'
import { SILENCE_MS, useVerdict } from './use-verdict.ts'

interface Options {
  readonly id: string
  readonly file: string
  readonly language: Language
  readonly sources: Sources
}

/** The reader's text and what the checks say of it; every edit is kept, and judged. */
export function useExercise({ id, file, language, sources }: Options) {
  const judge = createJudge({ language, file, sources: sources.others })
  const kept = useKeptText({
    id,
    starter: sources.starter,
    onChange: () => judgeSoon(SILENCE_MS),
  })
  const { judgeSoon, ...judged } = useVerdict(judge, kept.text, () => recordDone('exercise', id))

  judgeSoon(0)
  onScopeDispose(() => judge.dispose())

  return { ...kept, ...judged }
}
