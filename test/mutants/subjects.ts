import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '../../labs/session/folders.ts'
import { allLabs } from '../proof/items.ts'
import { type Subject, subjectOfExercise, subjectOfLab } from './subject.ts'

/** By the folders: a new lab or exercise is here at once. */
export const allExercises = (): readonly string[] =>
  readdirSync(join(projectFolder, 'exercises'))
    .filter((name) => existsSync(join(projectFolder, 'exercises', name, 'solution.ts')))
    .sort()

export const allSubjects = (): readonly Subject[] => [
  ...allLabs().map(subjectOfLab),
  ...allExercises().map(subjectOfExercise),
]

/** `lab 1`, `lab load-balancer`, `exercise http-freshness`; or what there is instead. */
export function subjectCalled(what: 'lab' | 'exercise', which: string): Subject | string {
  if (what === 'exercise') {
    const all = allExercises()
    if (all.includes(which)) return subjectOfExercise(which)
    return `There is no exercise ${which}. There are: ${all.join(', ')}. Next: npm run mutate exercise ${all[0]}`
  }
  const labs = allLabs()
  const lab = labs.find(({ number, slug }) => [String(number), slug].includes(which))
  if (lab) return subjectOfLab(lab)
  const known = labs.map(({ number }) => number).join(', ')
  return `There is no lab ${which}. There are: ${known}. Next: npm run mutate lab ${labs[0]!.number}`
}
