import { expect, test } from 'vitest'
import { fileOf, openExercise } from './exercise-page.ts'

const id = 'smooth-weighted-round-robin'
const solution = fileOf(id, 'solution.ts')
const wrong = `${solution}\nexport const cups: string = 1\n`
const line = solution.split('\n').length + 1

test('types are checked for who asks, told with their line, and change no verdict', async () => {
  const reader = await openExercise(id)
  await reader.start()
  await reader.write(wrong)
  await reader.becomes('pass')
  expect(await reader.exercise.locator('.types li').count()).toBe(0)
  await reader.button('Check types, too').click()
  const remark = reader.exercise.locator('.types li')
  await remark.waitFor()
  expect(await remark.innerText()).toContain("Type 'number' is not assignable to type 'string'.")
  await reader.becomes('pass')
  await remark.getByRole('button', { name: `go to line ${line}` }).click()
  await reader.page.waitForFunction(() => document.activeElement?.matches('.cm-content'))
  await reader.write(solution)
  await reader.exercise.getByText('TypeScript has nothing to say').waitFor()
})

test('in Chinese they are told in Chinese', async () => {
  const reader = await openExercise(id, { lang: 'zh' })
  await reader.start()
  await reader.write(wrong)
  await reader.button('也检查类型').click()
  await reader.exercise.getByText('不能将类型“number”分配给类型“string”。').waitFor()
})

test('asked for once, they are there without a network, too', async () => {
  const reader = await openExercise(id, { serviceWorker: true })
  const { page } = reader
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await reader.start()
  await reader.button('Check types, too').click()
  await reader.exercise.getByText(/of TypeScript|nothing to say/).waitFor()
  await page.context().setOffline(true)
  await page.reload()
  await reader.start()
  await reader.button('Check types, too').click()
  await reader.exercise.getByText(/of TypeScript|nothing to say/).waitFor()
})
