import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { labCalled, outcomes, reasons } from './lab-under-test.ts'
import { isNight, repeats } from '../night.ts'
import { Lanes } from './lanes.ts'

/** Milliseconds: a test that is begun waits for its turn, and that counts. */
const timeout = 900_000

/**
 * The proof of a lab: the starter fails every task, the solution passes them all again and again, each
 * mistake fails its own task and no other, and every other right answer passes. `lanes` is how many of
 * the lab run side by side: most of a proof is waiting. By day a mistake is judged by its own task;
 * at night by all.
 */
export function proveLab(slug: string, { lanes: count }: { lanes: number }): void {
  const lab = labCalled(slug)
  describe(`lab ${slug}`, () => {
    let lanes: Lanes
    const tasks = lab.tasks.map(({ id }) => id)
    const [starter, solution] = [join(lab.folder, 'starter'), join(lab.folder, 'solution')]
    const all = (outcome: string) => Object.fromEntries(tasks.map((task) => [task, outcome]))

    beforeAll(async () => void (lanes = await Lanes.open(lab, count)))
    afterAll(() => lanes?.close())

    test('the starter is taken, and fails every task', () =>
      lanes.use(async (under) => {
        await under.answer(starter)
        const verdicts = await under.check(tasks)
        expect(outcomes(verdicts), reasons(verdicts)).toEqual(all('fail'))
      }))

    test.concurrent.each(Array.from({ length: repeats }, (_, index) => index + 1))(
      'the solution passes every task (run %i)',
      { timeout },
      () =>
        lanes.use(async (under) => {
          expect(await under.answer(solution)).not.toHaveProperty('problems')
          const verdicts = await under.check(tasks)
          expect(outcomes(verdicts), reasons(verdicts)).toEqual(all('pass'))
        }),
    )

    const wrong = readdirSync(join(lab.folder, 'wrong'))
    test.concurrent.each(wrong)(
      'the mistake %s fails the task that should catch it',
      { timeout },
      (name) =>
        lanes.use(async (under) => {
          const folder = join(lab.folder, 'wrong', name)
          const mistake = readFileSync(join(folder, 'mistake.yaml'), 'utf8')
          const { fails } = parse(mistake) as { fails: string }
          const judges = isNight ? tasks : [fails]
          expect(await under.answer(solution, folder)).not.toHaveProperty('problems')
          const verdicts = await under.check(judges)
          const wanted = judges.map((id) => [id, id === fails ? 'fail' : 'pass'])
          expect(outcomes(verdicts), reasons(verdicts)).toEqual(Object.fromEntries(wanted))
        }),
    )

    const alternatives = join(
      import.meta.dirname,
      `${String(lab.number).padStart(2, '0')}-${lab.slug}`,
      'alternatives',
    )
    test.concurrent.each(readdirSync(alternatives))(
      'the other right answer %s passes',
      { timeout },
      (name) =>
        lanes.use(async (under) => {
          const folder = join(alternatives, name)
          const { task } = parse(readFileSync(join(folder, 'answer.yaml'), 'utf8')) as {
            task: string
          }
          expect(await under.answer(solution, folder)).not.toHaveProperty('problems')
          const verdicts = await under.check([task])
          expect(outcomes(verdicts), reasons(verdicts)).toEqual({ [task]: 'pass' })
        }),
    )
  })
}
