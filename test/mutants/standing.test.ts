import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { freshScore, recordsFolder } from '../../.vitepress/book/mutation-records.ts'
import { allLabs } from '../proof/items.ts'
import { readExplained, untrue } from './explained.ts'
import { readJudgements, stillTrue } from './records.ts'
import { standingOf } from './score.ts'
import { subjectOfExercise, subjectOfLab } from './subject.ts'
import { allExercises } from './subjects.ts'

// What the record says of the files as they are. Red after a change? `npm run mutate exercise SLUG`
// judges in a minute what the change has made void. A lab takes hours, so its score may be stale.

test.each(allExercises())(
  'of exercise %s each mutant is caught, or a reader could not tell',
  (slug) => {
    const subject = subjectOfExercise(slug)
    const { mutants, folder } = subject
    const explained = readExplained(folder)
    const judgements = stillTrue(subject, readJudgements(slug))
    const { survivors, open } = standingOf(mutants, judgements, explained)
    expect({ survivors, open }).toEqual({ survivors: [], open: [] })
    expect(untrue(folder, explained, mutants, judgements)).toEqual([])
    expect(freshScore(slug, folder)).toBeDefined()
  },
)

const explainedLabs = allLabs().filter(({ folder }) => existsSync(join(folder, 'mutants.yaml')))

test.for(explainedLabs)('what is explained of lab $slug is so', (lab) => {
  const { mutants, folder, digestsOf } = subjectOfLab(lab)
  const explained = readExplained(folder)
  const named = mutants.filter(({ id }) => explained.some((one) => one.id === id))
  const judgements = stillTrue({ mutants: named, digestsOf }, readJudgements(lab.slug))
  expect(untrue(folder, explained, mutants, judgements)).toEqual([])
})

test('each record is of a lab or an exercise that there is', () => {
  const slugs = [...allExercises(), ...allLabs().map(({ slug }) => slug)]
  const records = readdirSync(recordsFolder).map((file) => basename(file, '.json'))
  expect(records.filter((record) => !slugs.includes(record))).toEqual([])
})
