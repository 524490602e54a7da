import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { labs, LabUnderTest, outcomes, reasons } from './lab-under-test.ts'

/** 20 at night (`npm run test:nightly`). */
const repeats = Number(process.env.REPEATS ?? 3)

describe.each(labs)('lab $slug', (lab) => {
  let under: LabUnderTest
  const tasks = lab.tasks.map(({ id }) => id)
  const [starter, solution] = [join(lab.folder, 'starter'), join(lab.folder, 'solution')]
  const all = (outcome: string) => Object.fromEntries(tasks.map((task) => [task, outcome]))

  beforeAll(async () => void (under = await LabUnderTest.open(lab)))
  afterAll(() => under?.close())

  test('the starter is taken, and fails every task', async () => {
    await under.answer(starter)
    const verdicts = await under.check(tasks)
    expect(outcomes(verdicts), reasons(verdicts)).toEqual(all('fail'))
  })

  test.each(Array.from({ length: repeats }, (_, index) => index + 1))(
    'the solution passes every task (run %i)',
    async () => {
      expect(await under.answer(solution)).not.toHaveProperty('problems')
      const verdicts = await under.check(tasks)
      expect(outcomes(verdicts), reasons(verdicts)).toEqual(all('pass'))
    },
  )

  const wrong = readdirSync(join(lab.folder, 'wrong'))
  test.each(wrong)('the mistake %s fails exactly the task that should catch it', async (name) => {
    const folder = join(lab.folder, 'wrong', name)
    const { fails } = parse(readFileSync(join(folder, 'mistake.yaml'), 'utf8')) as { fails: string }
    expect(await under.answer(solution, folder)).not.toHaveProperty('problems')
    const verdicts = await under.check(tasks)
    expect(outcomes(verdicts), reasons(verdicts)).toEqual({ ...all('pass'), [fails]: 'fail' })
  })

  const alternatives = join(
    import.meta.dirname,
    `${String(lab.number).padStart(2, '0')}-${lab.slug}`,
    'alternatives',
  )
  test.each(readdirSync(alternatives))('the other right answer %s passes', async (name) => {
    const folder = join(alternatives, name)
    const { task } = parse(readFileSync(join(folder, 'answer.yaml'), 'utf8')) as { task: string }
    expect(await under.answer(solution, folder)).not.toHaveProperty('problems')
    const verdicts = await under.check([task])
    expect(outcomes(verdicts), reasons(verdicts)).toEqual({ [task]: 'pass' })
  })
})
