import type { Kind, Progress } from './progress-record.ts'

/** What a chapter's steps are counted by. */
export const groups = ['read', 'predict', 'exercise', 'task', 'quiz'] as const
export type Group = (typeof groups)[number]

/**
 * What there is to do in a chapter or in a part of it: the ids under which it is kept. Every page brings
 * those of all chapters along.
 */
export type Steps = Readonly<Record<Group, readonly string[]>>

/** An answer in a quiz is kept with the predictions, and counted by itself. */
const kindOf = (group: Group): Kind => (group === 'quiz' ? 'predict' : group)

/**
 * The steps of a chapter or of a part of it, as its Markdown names them; having read it is kept as
 * `read`. `tasksOf` knows the tasks of a lab.
 */
export function stepsIn(
  read: string,
  markdown: string,
  tasksOf: (lab: string) => readonly string[],
): Steps {
  const idsIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, id]) => id!)
  const [outside, quizzes] = apart(markdown)
  return {
    read: [read],
    predict: idsIn(outside, question),
    exercise: idsIn(markdown, /<CodeExercise\s[^>]*id="([^"]+)"/g),
    task: idsIn(markdown, /<LabBox\s[^>]*lab="([^"]+)"/g).flatMap((lab) =>
      tasksOf(lab).map((task) => `${lab}/${task}`),
    ),
    quiz: idsIn(quizzes, question),
  }
}

/** Of a whole chapter. */
export function stepsOf({ parts }: { readonly parts: readonly { steps: Steps }[] }): Steps {
  const all = groups.map((group) => [group, parts.flatMap(({ steps }) => steps[group])])
  return Object.fromEntries(all) as Steps
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

/** Of some groups of steps, or of all. */
export function tally(steps: Partial<Steps>, progress: Progress): Tally {
  const each = groups.flatMap((group) =>
    (steps[group] ?? []).map((id) => Object.hasOwn(progress[kindOf(group)], id)),
  )
  return { done: each.filter(Boolean).length, all: each.length }
}
