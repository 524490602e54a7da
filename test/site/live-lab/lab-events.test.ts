import { expect, test } from 'vitest'
import { type LiveEvent, onlyChanges } from '../../../.vitepress/config/live-lab/lab-events.ts'

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
