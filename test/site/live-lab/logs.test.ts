import { expect, test, vi } from 'vitest'
import { linesSince, pollLogs, saidIn } from '../../../.vitepress/config/live-lab/logs.ts'

test.each(['web1-1  | GET / 200', '\u001b[2Kweb1-1  | GET / 200'])(
  'Compose’s prefix says whose line it is: %j',
  (line) => expect(saidIn(line)).toEqual({ server: 'web1', said: 'GET / 200' }),
)

test('what Compose says itself is nobody’s line', () =>
  expect(saidIn('web1-1 exited with code 137')).toBeUndefined())

test.each([
  [['a', 'b'], ['a', 'b'], []],
  [['a', 'b'], ['a', 'b', 'c'], ['c']],
  [['a', 'b', 'c'], ['b', 'c', 'd'], ['d']],
  [['a', 'a'], ['a', 'a', 'a'], ['a']],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [[], ['a'], ['a']],
])('after %j a log that ends with %j has %j to tell', (before, now, fresh) => {
  expect(linesSince(before, now)).toEqual(fresh)
})

test('a machine’s past is not told, and what it says since is told in turn', async () => {
  vi.useFakeTimers()
  const log = ['long ago']
  const heard: string[] = []
  const server = { logs: () => Promise.resolve(log.join('\n')) }
  const logs = pollLogs(
    () => server,
    ['web1'],
    1_000,
    (server, text) => heard.push(`${server} ${text}`),
  )
  await logs.look()
  log.push('one', 'two')
  await logs.look()
  vi.advanceTimersByTime(0)
  expect(heard).toEqual(['web1 one'])
  vi.advanceTimersByTime(500)
  expect(heard).toEqual(['web1 one', 'web1 two'])
  vi.useRealTimers()
})

test('a lab that does not answer any more is listened to no longer', async () => {
  const gone = { logs: () => Promise.reject(new Error('gone')) }
  const logs = pollLogs(
    () => gone,
    ['web1'],
    1,
    () => {},
  )
  await logs.look()
  expect(logs.hasEnded()).toBe(true)
})
