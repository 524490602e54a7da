import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { codeOf, readExerciseAnswers } from '../../../labs/catalog/answers.ts'
import { seed } from '../../proof/items.ts'
import { drawn } from '../../proof/plan.ts'
import { when } from '../../proof/when.ts'
import { fileOf, openExercise, pages } from './exercise-page.ts'

const root = resolve(import.meta.dirname, '../../..')
const exercises = readdirSync(join(root, 'exercises'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

test('every exercise stands on one page', () =>
  expect(Object.keys(pages).sort()).toEqual(exercises.sort()))

describe.each(exercises)('exercise %s', (each) => {
  // Node has proved all of them (test/exercises): by day one shows that the browser judges alike.
  test('the starter fails, the solution passes, mistakes fail', { timeout: 900_000 }, async () => {
    const reader = await openExercise(each)
    await reader.start()
    await reader.becomes('fail')
    const answers = readExerciseAnswers(join(root, 'exercises', each))
    const wrong = answers.filter(({ is }) => is === 'wrong')
    const [one] = drawn(
      wrong.map(({ name }) => name),
      seed(),
    )
    for (const mistake of wrong.filter(({ name }) => when !== 'day' || name === one)) {
      await reader.write(fileOf(each, 'solution.ts'))
      await reader.becomes('pass')
      await reader.write(codeOf(mistake).trimEnd())
      await reader.becomes('fail')
    }
  })

  test('what is on the page before the start is what stands in the editor', async () => {
    const reader = await openExercise(each)
    const before = (await reader.exercise.locator('.exercise-code').textContent())!.split('\n')
    const height = async () =>
      (await reader.exercise.locator('.exercise-frame').boundingBox())?.height
    const closed = await height()
    await reader.start()
    // The editor draws only what is in sight. Its text is that of its nodes, whatever their style.
    const shown = await reader.exercise.locator('.cm-line').allTextContents()
    expect(shown.length).toBeGreaterThan(0)
    const first = before.indexOf(shown[0]!)
    expect(before.slice(first, first + shown.length)).toEqual(shown)
    expect(await height()).toBeCloseTo(closed ?? 0, -1)
  })
})
