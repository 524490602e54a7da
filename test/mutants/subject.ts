import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Lab } from '../../labs/catalog/catalog.ts'
import { projectFolder } from '../../labs/session/folders.ts'
import { type Digests, Sources } from '../proof/digests.ts'
import { judgeOfExercise } from './exercise/judge.ts'
import { filesIn } from './files.ts'
import { givenLines } from './given.ts'
import type { Answer, Judge, Outcome } from './judge.ts'
import { judgeOfLab } from './lab/bench.ts'
import { type Mutant, mutantsOf } from './mutants.ts'

/** What mistakes are made of: a lab, or an exercise. */
export interface Subject {
  readonly slug: string
  /** As in `npm run mutate NAME`. */
  readonly name: string
  readonly folder: string
  readonly mutants: readonly Mutant[]
  /** One of its files, as it is. */
  readonly solution: Answer
  /** What this outcome depends on: a change of it makes the outcome void. */
  digestsOf(mutant: Mutant, outcome: Outcome): Digests
  open(signal: AbortSignal): Promise<Judge>
}

export function subjectOfExercise(slug: string): Subject {
  const folder = join(projectFolder, 'exercises', slug)
  const solution = readFileSync(join(folder, 'solution.ts'), 'utf8')
  const sources = new Sources(projectFolder)
  const checks = sources.ofTest(`exercises/${slug}/checks.test.ts`)
  return {
    ...{ slug, name: `exercise ${slug}`, folder },
    mutants: mutantsOf(new Map([['solution.ts', solution]])),
    solution: { file: 'solution.ts', text: solution },
    digestsOf: ({ text }) => sources.ofText(text, checks),
    open: () => judgeOfExercise(slug),
  }
}

export function subjectOfLab(lab: Lab): Subject {
  const { slug, folder, number } = lab
  const sources = new Sources(projectFolder)
  const starter = filesIn(join(folder, 'starter'))
  const files = filesIn(join(folder, 'solution'))
  const [[file, text]] = [...files] as [[string, string]]
  const given = new Map(
    [...files]
      .filter(([file]) => /\.ya?ml$/.test(file))
      .map(([file, text]) => [file, givenLines(starter.get(file) ?? '', text)]),
  )
  const isGiven = ({ file, line }: Mutant) => given.get(file)?.has(line) ?? false
  const ofTask = (task: string, { file, text }: Mutant) =>
    sources.ofAnswer(basename(folder), task, new Map([[file, text]]))
  return {
    ...{ slug, name: `lab ${number}`, folder },
    mutants: mutantsOf(files).filter((one) => !isGiven(one)),
    solution: { file, text },
    // One check was enough to catch it; to survive, it takes them all.
    digestsOf(mutant, outcome) {
      if (outcome.outcome === 'caught') return ofTask(outcome.by, mutant)
      const [first, ...others] = lab.tasks.map(({ id }) => ofTask(id, mutant))
      return sources.ofText(mutant.text, first!, ...others)
    },
    open: (signal) => judgeOfLab(lab, signal),
  }
}
