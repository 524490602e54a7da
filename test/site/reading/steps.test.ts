import { expect, test } from 'vitest'
import { nothing, withDone } from '../../../.vitepress/theme/reading/progress-record.ts'
import { stepsIn, tally } from '../../../.vitepress/theme/reading/steps.ts'

const chapter = `
<Predict id="dead-process">…</Predict>
<CodeExercise id="graceful-shutdown" />
<LabBox lab="load-balancer" />
<Quiz><Predict id="quiz-one">…</Predict></Quiz>
`
const steps = stepsIn('load-balancer', chapter, () => ['balance', 'dead-server'])

test('a chapter is its text, its predictions, its exercises, the tasks of its lab, and its quiz', () => {
  expect(steps.map(({ group, id }) => `${group} ${id}`)).toEqual([
    'read load-balancer',
    'predict dead-process',
    'exercise graceful-shutdown',
    'task load-balancer/balance',
    'task load-balancer/dead-server',
    'quiz quiz-one',
  ])
})

test('an answer in the quiz is kept as a prediction, and is counted as the quiz’s', () => {
  expect(steps.filter(({ group }) => group === 'quiz').map(({ kind }) => kind)).toEqual(['predict'])
  expect(steps.filter(({ group }) => group === 'predict')).toHaveLength(1)
})

test('only its own steps count', () => {
  const at = '2026-11-23T10:00:00Z'
  const other = withDone(nothing, 'task', 'single-server/image', { at })
  const progress = withDone(other, 'task', 'load-balancer/balance', { at })
  expect(tally(steps, progress)).toEqual({ done: 1, all: 6 })
})
