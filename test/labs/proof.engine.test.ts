import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { readLabAnswers } from '../../labs/catalog/answers.ts'
import { ofProject } from '../../labs/runtime/docker/docker-cli.ts'
import { idOf, idOfSolution, idOfStarter, planForLab } from '../proof/items.ts'
import { repeats, when } from '../proof/when.ts'
import { noAlarms } from './alarms.ts'
import { docker } from './cli/engine-of-tests.ts'
import { labCalled, LabUnderTest, outcomes, reasons } from './lab-under-test.ts'

/**
 * The proof of a lab: the starter fails every task, the solution passes them all again and again, each
 * mistake fails its own task and no other, and every other right answer passes. This file runs once
 * for each lab (vitest.config.ts). By day only that is judged whose record is missing or void, and a
 * sample; and a mistake by its own task alone.
 */
const lab = labCalled(inject('lab'))
const tasks = lab.tasks.map(({ id }) => id)
const [starter, solution] = [join(lab.folder, 'starter'), join(lab.folder, 'solution')]
const all = (outcome: string) => Object.fromEntries(tasks.map((task) => [task, outcome]))
const plan = when === 'day' ? planForLab(lab) : undefined
const isWanted = (id: string) => plan?.now.has(id) ?? true
const answers = readLabAnswers(lab.folder).filter((one) => isWanted(idOf(lab, one)))
const again = tasks.filter((task) => isWanted(idOfSolution(lab, task)))
const runs = Array.from({ length: repeats }, (_, index) => index + 1)

describe(`lab ${lab.slug}`, () => {
  let under: LabUnderTest
  beforeAll(async () => {
    under = await LabUnderTest.open(lab, 'proof')
  })
  afterAll(() => under?.close())
  noAlarms(() => under)

  const proves = idOfStarter(lab)
  if (isWanted(proves))
    test('the starter is taken, and fails every task', { meta: { proves } }, async ({ signal }) => {
      await under.answer(starter)
      const verdicts = await under.check(tasks, { bail: true, signal })
      expect(outcomes(verdicts), reasons(verdicts)).toEqual(all('fail'))
    })

  for (const run of runs)
    for (const task of again) {
      const title = `the solution passes ${task} (run ${run})`
      test(title, { meta: { proves: idOfSolution(lab, task) } }, async ({ signal }) => {
        expect(await under.answer(solution)).not.toHaveProperty('problems')
        const verdicts = await under.check([task], { signal })
        expect(outcomes(verdicts), reasons(verdicts)).toEqual({ [task]: 'pass' })
      })
    }

  test('nothing that the solution keeps is in a volume without a name: none is forgotten', async () => {
    await under.answer(solution)
    const { project, engine } = under.session.place
    const ask = (...words: readonly string[]) => docker({ env: engine }, ...words)
    const ours = ofProject(project)
    const containers = (await ask('ps', '--all', '--quiet', '--filter', ours)).split('\n')
    const format = '{{range .Mounts}}{{println .Name}}{{end}}'
    const names = (await ask('inspect', '--format', format, ...containers)).split('\n')
    // Docker's own names are 64 hexadecimal digits.
    expect(names.filter((name) => /^[0-9a-f]{64}$/.test(name))).toEqual([])
  })

  for (const answer of answers) {
    const { name, task, is, also, files } = answer
    const title = {
      wrong: `the mistake ${name} fails the task that should catch it`,
      right: `the other right answer ${name} passes`,
    }[is]
    const rest = tasks.filter((one) => !also.includes(one))
    const judges = is === 'wrong' && when !== 'day' ? rest : [task]
    const wanted = judges.map((one) => [one, is === 'wrong' && one === task ? 'fail' : 'pass'])
    test(title, { meta: { proves: idOf(lab, answer) } }, async ({ signal }) => {
      expect(await under.answer(solution, files)).not.toHaveProperty('problems')
      const verdicts = await under.check(judges, { bail: is === 'wrong', signal })
      expect(outcomes(verdicts), reasons(verdicts)).toEqual(Object.fromEntries(wanted))
    })
  }
})
