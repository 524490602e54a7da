import type { Answer, Judge, Outcome } from './judge.ts'
import { type Mutant, mutantsOf } from './mutants.ts'
import type { Subject } from './subject.ts'

const solution = { file: 'solution.ts', text: 'a()\nb()\nc()\nd()\n' }

/** Its four mutants leave out a statement each; the first is found by `without('a')`. */
export const mutants = mutantsOf(new Map([[solution.file, solution.text]]))

export const without = (name: string): Mutant =>
  mutants.find(({ statement }) => statement === `${name}()`)!

export const caught: Outcome = { outcome: 'caught', by: 'checks', sentence: 'it is done' }
export const survived: Outcome = { outcome: 'survived' }

export interface SubjectOfTests extends Subject {
  /** What its judge was asked, in that order. */
  readonly asked: readonly string[]
  readonly isClosed: boolean
}

/** A subject without servers: `verdict` says what becomes of an answer. The solution passes. */
export function subjectOf(
  folder: string,
  verdict: (answer: Answer) => Outcome | Promise<Outcome>,
  checks = 'as they are',
): SubjectOfTests {
  const asked: string[] = []
  let isClosed = false
  const judge: Judge = {
    judge: async (answer) => {
      asked.push(answer.text === solution.text ? 'the solution' : missingIn(answer.text))
      return verdict(answer)
    },
    close: () => Promise.resolve(void (isClosed = true)),
  }
  return {
    ...{ slug: 'four-calls', name: 'exercise four-calls', folder, mutants, solution, asked },
    get isClosed() {
      return isClosed
    },
    digestsOf: ({ text }) => ({ own: `${checks}: ${text}`, machinery: '' }),
    open: () => Promise.resolve(judge),
  }
}

const missingIn = (text: string) => ['a', 'b', 'c', 'd'].find((name) => !text.includes(name))!

export const isSolution = ({ text }: Answer) => text === solution.text
