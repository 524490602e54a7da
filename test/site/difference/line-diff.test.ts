import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffLines, hunksOf } from '../../../.vitepress/theme/difference/line-diff.ts'

const signs = { same: ' ', removed: '-', added: '+' } as const
const shown = (before: string, after: string) =>
  diffLines(before, after).map(({ kind, text }) => signs[kind] + text)

const side = (before: string, after: string, left: 'removed' | 'added') =>
  diffLines(before, after)
    .filter(({ kind }) => kind === 'same' || kind === left)
    .map(({ text }) => text)
    .join('\n')

test('a changed line is one removed and one added', () => {
  expect(shown('a\nb\nc', 'a\nx\nc')).toEqual([' a', '-b', '+x', ' c'])
})

test('what was only moved on stays as it is', () => {
  expect(shown('a\nb', 'new\na\nb')).toEqual(['+new', ' a', ' b'])
})

const texts = fc
  .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1 })
  .map((lines) => lines.join('\n'))

test('without what was added it is the text before, without what was removed the text after', () => {
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      expect(side(before, after, 'removed')).toBe(before)
      expect(side(before, after, 'added')).toBe(after)
    }),
  )
})

test('a text and itself do not differ', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(diffLines(text, text).every(({ kind }) => kind === 'same')).toBe(true)
    }),
  )
})

test('of a long text only what differs is left, with its neighbours; near places are one', () => {
  const before = 'a b c d e f g h i j'.split(' ')
  const after = before.map((line) => ({ b: 'B', h: 'H' })[line] ?? line)
  const hunks = (around: number) =>
    hunksOf(diffLines(before.join('\n'), after.join('\n')), around).map((lines) =>
      lines.map(({ kind, text }) => signs[kind] + text).join('|'),
    )
  expect(hunks(0)).toEqual(['-b|+B', '-h|+H'])
  expect(hunks(1)).toEqual([' a|-b|+B| c', ' g|-h|+H| i'])
  expect(hunks(3)).toEqual([' a|-b|+B| c| d| e| f| g|-h|+H| i| j'])
  expect(hunksOf(diffLines('a', 'a'), 3)).toEqual([])
})
