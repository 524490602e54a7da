import { expect, test } from 'vitest'
import { wrap } from '../../../labs/cli/wrap.ts'

test('what goes on below begins with a word, where its line began', () => {
  expect(wrap('  the address that the forum believes', 22)).toEqual([
    '  the address that the',
    '  forum believes',
  ])
})

test('a colour goes on below, and no space before the word', () => {
  const [first, second] = wrap('\u001b[2mthe address that the forum\u001b[22m', 20)
  expect(first).toBe('\u001b[2mthe address that the\u001b[22m')
  expect(second).toBe('\u001b[2mforum\u001b[22m')
})

test('each line of the text is one, an empty one too', () => {
  expect(wrap('one\n\n  two', 20)).toEqual(['one', '', '  two'])
})

test('a word that is too long is cut; on the narrowest screen twenty columns are left', () => {
  expect(wrap('x'.repeat(25), 3)).toEqual(['x'.repeat(20), 'x'.repeat(5)])
})
