import { expect, test } from 'vitest'
import { saidIn } from '../../../.vitepress/config/live-lab/logs.ts'

test.each(['web1-1  | GET / 200', '\u001b[2Kweb1-1  | GET / 200'])(
  'Compose’s prefix says whose line it is: %j',
  (line) => expect(saidIn(line)).toEqual({ server: 'web1', said: 'GET / 200' }),
)

test('what Compose says itself is nobody’s line', () =>
  expect(saidIn('web1-1 exited with code 137')).toBeUndefined())
