import { expect, test } from 'vitest'
import { givenLines } from './given.ts'

const starter = 'services:\n  web1:\n    init: true\n# TODO: web2\n  db:\n'
const solution = 'services:\n  web1:\n    init: true\n  web2:\n    init: true\n  db:\n'

test('of a solution, what its starter has already is given', () =>
  expect([...givenLines(starter, solution)]).toEqual([1, 2, 3, 6]))

test('where there is no starter, nothing is', () => expect(givenLines('', 'a\nb\n').size).toBe(0))
