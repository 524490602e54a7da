import { expect, test } from 'vitest'
import { short, table } from '../../bench/table.ts'

test('names stand on the left, figures under one another on the right', () => {
  const head = ['the way', 'requests/s']
  const rows = [
    ['nginx → Teahouse', '389'],
    ['nginx', '12'],
  ]
  expect(table(head, rows)).toEqual([
    'the way           requests/s',
    'nginx → Teahouse         389',
    'nginx                     12',
  ])
})

test.each([
  [1234.5, '1235'],
  [12.34, '12.3'],
  [1.234, '1.23'],
  [0.0234, '0.023'],
  [0, '0.000'],
])('%d is shown as %s', (value, text) => expect(short(value)).toBe(text))
