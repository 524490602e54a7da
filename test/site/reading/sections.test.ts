import { expect, test } from 'vitest'
import { isLastInView, sectionAt } from '../../../.vitepress/theme/reading/sections.ts'

const page = [
  { id: 'one', top: -900 },
  { id: 'two', top: 40 },
  { id: 'three', top: 700 },
]

test('a reader is in the last section that has begun', () => {
  expect(sectionAt(page)).toBe('two')
})

test('who has gone to a section is in it, though it begins a little below the edge', () => {
  expect(
    sectionAt([
      { id: 'one', top: -400 },
      { id: 'two', top: 134 },
    ]),
  ).toBe('two')
})

test('before the first section there is none, nor on a page without any', () => {
  expect(sectionAt([{ id: 'one', top: 500 }])).toBeUndefined()
  expect(sectionAt([])).toBeUndefined()
})

test('a short last section is reached when it is in the window, though another fills it', () => {
  expect(sectionAt(page)).toBe('two')
  expect(isLastInView(page, 900)).toBe(true)
  expect(isLastInView(page, 600)).toBe(false)
  expect(isLastInView([], 600)).toBe(false)
})
