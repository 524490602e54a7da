import { diffLines } from '../../.vitepress/theme/difference/line-diff.ts'

/**
 * The lines of a solution, from 1, that its starter has already. In a compose file those are the
 * servers as they were given: nobody's answer. Elsewhere a given line can be spoilt like any other.
 */
export function givenLines(starter: string, solution: string): ReadonlySet<number> {
  const kept = diffLines(starter, solution).filter(({ kind }) => kind !== 'removed')
  const lines = kept.flatMap(({ kind }, place) => (kind === 'same' ? [place + 1] : []))
  return new Set(lines)
}
