import { expect, test } from 'vitest'
import loader from '../../../.vitepress/theme/reading/chapters.data.ts'
import { messages } from '../../../.vitepress/theme/reading/messages.ts'
import { minutesOf } from '../../../.vitepress/theme/reading/minutes.ts'
import { stepsIn } from '../../../.vitepress/theme/reading/steps.ts'

const markdown = '<CodeExercise id="a" />\n<CodeExercise id="b" />\n<LabBox lab="one-redis" />'
const steps = stepsIn('one-redis', markdown, () => ['keep', 'delete'])
const time = minutesOf(32, steps, { exercise: (id) => (id === 'a' ? 20 : 5), lab: () => 150 })

test('a lab of several tasks is counted once, and exercises are added up', () => {
  expect(time).toEqual({ read: 32, exercise: 25, lab: 150 })
})

test('page, exercise and lab are told apart, and what is not there is not told', () => {
  expect(messages.en.time(time)).toBe('32 min to read · exercise 25 · lab 150')
  expect(messages.zh.time(time)).toBe('阅读 32 分钟 · 练习 25 分钟 · 实验 150 分钟')
  expect(messages.en.time({ read: 10, exercise: 0, lab: 0 })).toBe('10 min to read')
})

test('every chapter of the book knows the three', () => {
  const { chapters } = loader.load()
  expect(chapters.length).toBeGreaterThan(3)
  for (const { slug, minutes, time } of chapters) {
    expect(time.read, slug).toBe(minutes)
    expect(Math.min(time.exercise, time.lab), slug).toBeGreaterThan(0)
  }
})
