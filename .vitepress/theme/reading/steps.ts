import type { Kind, Progress } from './progress-record.ts'

/** What a chapter's steps are counted by. */
export const groups = ['read', 'predict', 'exercise', 'task', 'quiz'] as const
export type Group = (typeof groups)[number]

/** One thing to do in a chapter. */
export interface Step {
  /** Under which it is kept. */
  readonly kind: Kind
  readonly group: Group
  readonly id: string
}

/**
 * The steps of a chapter or of a part of it, as its Markdown names them; having read it is kept as
 * `read`. `tasksOf` knows the tasks of a lab.
 */
export function stepsIn(
  read: string,
  markdown: string,
  tasksOf: (lab: string) => readonly string[],
): Step[] {
  const found = (text: string, pattern: RegExp, kind: Kind, group: Group = kind): Step[] =>
    [...text.matchAll(pattern)].map(([, id]) => ({ kind, group, id: id! }))
  const [outside, quizzes] = apart(markdown)
  const labs = [...markdown.matchAll(/<LabBox\s[^>]*lab="([^"]+)"/g)].map(([, lab]) => lab!)
  return [
    { kind: 'read', group: 'read', id: read },
    ...found(outside, question, 'predict'),
    ...found(markdown, /<CodeExercise\s[^>]*id="([^"]+)"/g, 'exercise'),
    ...labs.flatMap((lab) =>
      tasksOf(lab).map((task): Step => ({ kind: 'task', group: 'task', id: `${lab}/${task}` })),
    ),
    // Kept with the predictions, and counted by itself.
    ...found(quizzes, question, 'predict', 'quiz'),
  ]
}

const question = /<Predict\s[^>]*id="([^"]+)"/g
const quiz = /<Quiz>[^]*?<\/Quiz>/g

/** What stands outside the quizzes, and the quizzes. */
export const apart = (markdown: string): readonly [string, string] => [
  markdown.replace(quiz, ''),
  [...markdown.matchAll(quiz)].join('\n'),
]

export interface Tally {
  readonly done: number
  readonly all: number
}

export const tally = (steps: readonly Step[], progress: Progress): Tally => ({
  done: steps.filter(({ kind, id }) => Object.hasOwn(progress[kind], id)).length,
  all: steps.length,
})
