import { expect, test } from 'vitest'
import { tokenize } from '../../../snippets/nginx/tokens.ts'

test('each token knows where it stands in the text, quotes and backslashes and all', () => {
  const text = 'map $a "$b" {\n  # not this\n  "x\\"y" ${z}1;\n}'
  const { tokens } = tokenize(text)
  expect(tokens.map(({ start, end }) => text.slice(start, end))).toEqual([
    ...['map', '$a', '"$b"', '{'],
    ...[String.raw`"x\"y"`, '${z}1', ';', '}'],
  ])
  expect(tokens.map(({ line }) => line)).toEqual([1, 1, 1, 1, 3, 3, 3, 4])
})
