import { expect, test } from 'vitest'
import { nothing, withAnswer, withDone } from '../../../.vitepress/theme/reading/progress-record.ts'
import { stepsIn, stepsOf, tally } from '../../../.vitepress/theme/reading/steps.ts'

const chapter = `
<Predict id="dead-process">…</Predict>
<CodeExercise id="graceful-shutdown" />
<LabBox lab="load-balancer" />
<Quiz><Predict id="quiz-one">…</Predict></Quiz>
`
const steps = stepsIn('load-balancer', chapter, () => ['balance', 'dead-server'])

test('a chapter is its text, its predictions, its exercises, the tasks of its lab, and its quiz', () => {
  expect(steps).toEqual({
    read: ['load-balancer'],
    predict: ['dead-process'],
    exercise: ['graceful-shutdown'],
    task: ['load-balancer/balance', 'load-balancer/dead-server'],
    quiz: ['quiz-one'],
  })
})

test('an answer in the quiz is kept as a prediction, and is counted as the quiz’s', () => {
  const progress = withAnswer(nothing, 'quiz-one', { at: '2026-11-23T10:00:00Z', detail: '2' })
  expect(tally({ quiz: steps.quiz }, progress)).toEqual({ done: 1, all: 1 })
  expect(tally({ predict: steps.predict }, progress)).toEqual({ done: 0, all: 1 })
})

test('only its own steps count', () => {
  const at = '2026-11-23T10:00:00Z'
  const other = withDone(nothing, 'task', 'single-server/image', { at })
  const progress = withDone(other, 'task', 'load-balancer/balance', { at })
  expect(tally(steps, progress)).toEqual({ done: 1, all: 6 })
})

test('a chapter has the steps of its parts', () => {
  const rest = stepsIn('load-balancer/weights', '<Predict id="three-to-one" />', () => [])
  const whole = stepsOf({ parts: [{ steps: rest }, { steps }] })
  expect(whole.read).toEqual(['load-balancer/weights', 'load-balancer'])
  expect(whole.predict).toEqual(['three-to-one', 'dead-process'])
  expect(tally(whole, nothing)).toEqual({ done: 0, all: 8 })
})
