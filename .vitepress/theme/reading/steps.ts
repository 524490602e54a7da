import type { Kind, Progress } from './progress-record.ts'

/** One thing to do in a chapter. */
export interface Step {
  readonly kind: Kind
  readonly id: string
}

/** The steps of a chapter, as its Markdown names them. `tasksOf` knows the tasks of a lab. */
export function stepsIn(
  slug: string,
  markdown: string,
  tasksOf: (lab: string) => readonly string[],
): Step[] {
  const found = (pattern: RegExp, kind: Kind): Step[] =>
    [...markdown.matchAll(pattern)].map(([, id]) => ({ kind, id: id! }))
  const labs = [...markdown.matchAll(/<LabBox\s[^>]*lab="([^"]+)"/g)].map(([, lab]) => lab!)
  return [
    { kind: 'read', id: slug },
    ...found(/<Predict\s[^>]*id="([^"]+)"/g, 'predict'),
    ...found(/<CodeExercise\s[^>]*id="([^"]+)"/g, 'exercise'),
    ...labs.flatMap((lab) =>
      tasksOf(lab).map((task): Step => ({ kind: 'task', id: `${lab}/${task}` })),
    ),
  ]
}

export interface Tally {
  readonly done: number
  readonly all: number
}

export const tally = (steps: readonly Step[], progress: Progress): Tally => ({
  done: steps.filter(({ kind, id }) => Object.hasOwn(progress[kind], id)).length,
  all: steps.length,
})
