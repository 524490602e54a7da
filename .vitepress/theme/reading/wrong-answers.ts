import type { Progress } from './progress-record.ts'
import type { Question } from './questions.ts'

/** A question whose kept answer is not what happens. */
export interface WrongAnswer {
  readonly question: Question
  readonly chosen: Question['choices'][number]
}

/** Those of a chapter, in the order of its text. */
export const wrongAnswers = (
  questions: readonly Question[],
  { predict }: Pick<Progress, 'predict'>,
): WrongAnswer[] =>
  questions.flatMap((question) => {
    const kept = Object.hasOwn(predict, question.id) ? predict[question.id] : undefined
    // `shown` names no choice.
    const chosen = question.choices[Number(kept?.detail)]
    return chosen && !chosen.isRight ? [{ question, chosen }] : []
  })
