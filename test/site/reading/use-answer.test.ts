import { expect, test } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import type { Done } from '../../../.vitepress/theme/reading/progress-record.ts'
import { useAnswer } from '../../../.vitepress/theme/reading/use-answer.ts'

const at = '2026-11-23T10:00:00.000Z'

function ask(kept?: Done) {
  const done = shallowRef<Done | undefined>(kept)
  const keep = (choice: number) => (done.value = { at, detail: String(choice) })
  const question = effectScope().run(() => useAnswer(done, keep))!
  question.join({ isRight: false, reply: 'It tempts, and fails.' })
  question.join({ isRight: true })
  return { ...question, done }
}

test('a wrong answer gets the reply that stands with its choice', () => {
  const { chosen, answer, isOver, isRight, mine } = ask()
  chosen.value = 0
  expect([isOver.value, mine.value]).toEqual([false, undefined])
  answer()
  expect([isOver.value, isRight.value]).toEqual([true, false])
  expect(mine.value?.reply).toBe('It tempts, and fails.')
})

test('an answer can be tried again, and the last one is kept', async () => {
  const { chosen, answer, tryAgain, isOver, isRight, done } = ask()
  chosen.value = 0
  answer()
  tryAgain()
  expect([isOver.value, chosen.value]).toEqual([false, undefined])
  chosen.value = 1
  answer()
  await nextTick()
  expect([isOver.value, isRight.value, done.value?.detail]).toEqual([true, true, '1'])
})

test('who tries again and looks instead has the earlier answer', () => {
  const { chosen, answer, tryAgain, giveUp, isOver, mine } = ask()
  chosen.value = 0
  answer()
  tryAgain()
  giveUp()
  expect([isOver.value, mine.value?.isRight]).toEqual([true, false])
})

test('what was only shown is no answer of the reader’s', async () => {
  const { done, chosen, isOver, mine } = ask()
  done.value = { at, detail: 'shown' }
  await nextTick()
  expect([isOver.value, chosen.value, mine.value]).toEqual([true, undefined, undefined])
})

test('without a choice there is no answer', () => {
  const { answer, done } = ask()
  answer()
  expect(done.value).toBe(undefined)
})
