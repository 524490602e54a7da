import type { Lab } from '../../catalog/catalog.ts'
import type { TestVerdict, Verdict } from '../../checker/verdict.ts'
import type { Disturbance } from '../../runtime/disturbances.ts'
import type { Problem } from '../../runtime/runtime.ts'

/** Everything that the watch view shows. Plain data: the view is a function of it. */
export interface WatchState {
  readonly lab: Lab
  readonly url: string
  /** What is going on right now; empty when the lab waits for a save. */
  readonly busy: string
  readonly verdicts: Readonly<Record<string, Verdict>>
  /** Tasks of whose check the last save has no verdict yet. */
  readonly checking: readonly string[]
  readonly current: string
  /** Sentences of the task in hand that its running check has decided already. */
  readonly underway: readonly TestVerdict[]
  readonly problems: readonly Problem[]
  readonly broken: Readonly<Record<string, Disturbance>>
  /** Opened by a key: hints, the solution, load figures. */
  readonly panel: readonly string[]
  readonly notice: string
  readonly timing?: Timing
}

/** Milliseconds from a save to the verdict on the task that was in hand then. */
export interface Timing {
  readonly task: string
  /** From the file event to the servers serving the new files. */
  readonly applyMs: number
  readonly checkMs: number
  readonly totalMs: number
}

export function initialState(lab: Lab, url: string): WatchState {
  return {
    lab,
    url,
    busy: '',
    verdicts: {},
    checking: [],
    current: lab.tasks[0]!.id,
    underway: [],
    problems: [],
    broken: {},
    panel: [],
    notice: '',
  }
}

/** The task to open: the first that does not pass yet, else the last. */
export function taskInHand(lab: Lab, verdicts: WatchState['verdicts']): string {
  const open = lab.tasks.find(({ id }) => verdicts[id]?.outcome !== 'pass')
  return (open ?? lab.tasks.at(-1)!).id
}
