import type { Lab } from '../../catalog/catalog.ts'
import type { Verdict } from '../../checker/verdict.ts'
import type { Context } from '../context.ts'
import { problemLines, verdictLines } from '../report.ts'
import type { WatchState } from './state.ts'
import type { WatchView } from './watch-view.ts'

/** Without a terminal: a line for each thing that happens, or a JSON object with `--json`. */
export function plainView({ out, options }: Context, lab: Lab): WatchView {
  let last: WatchState | undefined
  const tell = (lines: readonly string[], event: object) => {
    if (options.json) out.json(event)
    else for (const line of lines) out.line(line)
  }
  const news = (state: WatchState): Verdict[] =>
    Object.values(state.verdicts).filter((verdict) => last?.verdicts[verdict.task] !== verdict)
  return {
    show(state) {
      if (!last) tell([state.url], { event: 'ready', lab: lab.slug, url: state.url })
      if (state.problems.length > 0 && state.problems !== last?.problems)
        tell(problemLines(state.problems, out.columns), {
          event: 'broken',
          problems: state.problems,
        })
      for (const verdict of news(state))
        tell(verdictLines(lab, verdict, out.columns), {
          event: 'verdict',
          verdict,
          timing: state.timing,
        })
      if (state.notice && state.notice !== last?.notice)
        tell([state.notice], { event: 'notice', text: state.notice })
      if (state.checking.length === 0 && !state.busy && last?.busy) tell([], { event: 'idle' })
      last = state
    },
    attach: () => new Promise(() => undefined),
    close: () => undefined,
  }
}
