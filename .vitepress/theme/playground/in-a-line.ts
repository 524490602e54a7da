import type { Verdict } from './judge/verdict.ts'
import type { messages } from './messages.ts'

type Texts = (typeof messages)['en']

const heldOf = (verdict: Verdict) =>
  verdict.outcome === 'error' ? [] : verdict.checks.filter(({ holds }) => holds)

/** How many checks hold, in a sentence. */
export function summaryOf(verdict: Verdict | undefined, t: Texts): string {
  if (!verdict) return t.checking
  if (verdict.outcome === 'error') return t.stopped
  const all = verdict.checks.length
  return verdict.outcome === 'pass' ? t.passed(all) : t.failed(heldOf(verdict).length, all)
}

/** And what to look at first. */
export function nextOf(verdict: Verdict | undefined): string | undefined {
  return verdict?.outcome === 'fail' ? verdict.checks.find(({ holds }) => !holds)?.title : undefined
}
