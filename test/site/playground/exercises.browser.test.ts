import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { codeOf, readExerciseAnswers } from '../../../labs/catalog/answers.ts'
import { type Id, fileOf, openExercise, pages } from './exercise-page.ts'

const root = resolve(import.meta.dirname, '../../..')

describe.each(Object.keys(pages) as Id[])('exercise %s', (each) => {
  test('the starter fails, the solution passes, every mistake fails', async () => {
    const reader = await openExercise(each)
    await reader.start()
    await reader.becomes('fail')
    const answers = readExerciseAnswers(join(root, 'exercises', each))
    for (const mistake of answers.filter(({ is }) => is === 'wrong')) {
      await reader.write(fileOf(each, 'solution.ts'))
      await reader.becomes('pass')
      await reader.write(codeOf(mistake).trimEnd())
      await reader.becomes('fail')
    }
  })

  test('what is on the page before the start is what stands in the editor', async () => {
    const reader = await openExercise(each)
    const before = await reader.exercise.locator('.exercise-code').textContent()
    const height = async () =>
      (await reader.exercise.locator('.exercise-frame').boundingBox())?.height
    const closed = await height()
    await reader.start()
    // The editor draws only what is in sight.
    expect(before).toContain(await reader.text())
    expect(await height()).toBeCloseTo(closed ?? 0, -1)
  })
})
