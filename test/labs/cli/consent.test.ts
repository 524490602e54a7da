import { expect, test } from 'vitest'
import { planLines } from '../../../labs/cli/consent.ts'

test('a plan says its size, and its time on a quick machine and on a slow one', () => {
  const step = { what: 'an engine', megabytes: 330, seconds: 10, already: false }
  const lines = planLines([
    step,
    { ...step, what: 'an image', megabytes: 70, seconds: 34 },
    { ...step, what: 'another', already: true },
  ])
  expect(lines).toEqual([
    expect.stringContaining('(400 MB, 44–110 s)'),
    '  - an engine (330 MB, 10–25 s)',
    '  - an image (70 MB, 34–85 s)',
  ])
})
