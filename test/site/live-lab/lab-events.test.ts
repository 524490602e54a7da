import { describe, expect, test } from 'vitest'
import {
  answerIn,
  type LiveEvent,
  onlyChanges,
  stateOf,
} from '../../../.vitepress/config/live-lab/lab-events.ts'

describe("a line of a web server's log", () => {
  test('becomes the way of an answer through the front', () => {
    expect(answerIn('web1-1  | GET /topics/3 200 4.1ms 10.201.1.9', 'nginx', 7)).toEqual({
      kind: 'answered',
      t: 7,
      path: ['client', 'nginx', 'web1'],
      status: 200,
      ms: 4.1,
    })
  })

  test('of the front itself has one hop', () => {
    const event = answerIn('app-1 | POST /login 303 12.0ms 127.0.0.1', 'app', 0)
    expect(event).toMatchObject({ path: ['client', 'app'], status: 303 })
  })

  test.each([
    'web1-1  | GET /healthz 200 0.1ms 127.0.0.1',
    'web1-1  | listening on port 3000',
    'web1-1 exited with code 137',
    '',
  ])('that is no visit is passed over: “%s”', (line) => {
    expect(answerIn(line, 'nginx', 0)).toBeUndefined()
  })
})

test.each([
  ['running', 'up'],
  ['paused', 'cut'],
  ['exited', 'killed'],
  ['missing', 'killed'],
] as const)('a server that is %s is shown as %s', (state, shown) => {
  expect(stateOf({ service: 'web1', state })).toEqual({ kind: 'server', id: 'web1', state: shown })
})

test('only what has changed is told again, and every answer is', () => {
  const told: LiveEvent[] = []
  const tell = onlyChanges((event) => told.push(event))
  const up: LiveEvent = { kind: 'server', id: 'web1', state: 'up' }
  const answer: LiveEvent = { kind: 'answered', t: 0, path: ['client'], status: 200, ms: 1 }
  for (const event of [up, up, { ...up, id: 'web2' }, { ...up, state: 'cut' } as const]) tell(event)
  tell(answer)
  tell(answer)
  expect(told).toEqual([up, { ...up, id: 'web2' }, { ...up, state: 'cut' }, answer, answer])
})
