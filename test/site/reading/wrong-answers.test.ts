import { expect, test } from 'vitest'
import { wrongAnswers } from '../../../.vitepress/theme/reading/wrong-answers.ts'

const at = '2026-11-23T10:00:00.000Z'
const question = (id: string) => ({
  id,
  text: `${id}?`,
  choices: [
    { text: 'no', isRight: false, reply: 'Not so.' },
    { text: 'yes', isRight: true },
  ],
})
const questions = ['one', 'two', 'three', 'constructor'].map(question)

test('what comes again is what was answered wrongly, with its reply, in the order of the text', () => {
  const predict = { two: { at, detail: '0' }, one: { at, detail: '0' }, three: { at, detail: '1' } }
  const found = wrongAnswers(questions, { predict })
  expect(found.map(({ question, chosen }) => `${question.id} ${chosen.reply}`)).toEqual([
    'one Not so.',
    'two Not so.',
  ])
})

test.each(['shown', undefined, '7', 'x'])('what names no choice does not: %s', (detail) => {
  expect(wrongAnswers(questions, { predict: { one: { at, detail } } })).toEqual([])
})
