import type { Kind, Progress } from './progress-record.ts'

/** What a chapter's steps are counted by. */
export const parts = ['read', 'predict', 'exercise', 'task', 'quiz'] as const
export type Part = (typeof parts)[number]

/** One thing to do in a chapter. */
export interface Step {
  /** Under which it is kept. */
  readonly kind: Kind
  readonly part: Part
  readonly id: string
}

/** The steps of a chapter, as its Markdown names them. `tasksOf` knows the tasks of a lab. */
export function stepsIn(
  slug: string,
  markdown: string,
  tasksOf: (lab: string) => readonly string[],
): Step[] {
  const found = (text: string, pattern: RegExp, kind: Kind, part: Part = kind): Step[] =>
    [...text.matchAll(pattern)].map(([, id]) => ({ kind, part, id: id! }))
  const [outside, quizzes] = apart(markdown)
  const labs = [...markdown.matchAll(/<LabBox\s[^>]*lab="([^"]+)"/g)].map(([, lab]) => lab!)
  return [
    { kind: 'read', part: 'read', id: slug },
    ...found(outside, question, 'predict'),
    ...found(markdown, /<CodeExercise\s[^>]*id="([^"]+)"/g, 'exercise'),
    ...labs.flatMap((lab) =>
      tasksOf(lab).map((task): Step => ({ kind: 'task', part: 'task', id: `${lab}/${task}` })),
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
