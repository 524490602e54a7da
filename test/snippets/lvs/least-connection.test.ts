import { describe, expect, test } from 'vitest'
import { addServer, closed, newService, schedule } from '../../../snippets/lvs/service.ts'
import type { Scheduler } from '../../../snippets/lvs/service.ts'

/** Who gets each of so many connections, none of which is closed; weights of b and a, as ip_vs lists them. */
function chosen(scheduler: Scheduler, weights: readonly [b: number, a: number], count: number) {
  let service = addServer(addServer(newService(scheduler), 'a', weights[1]), 'b', weights[0])
  return Array.from({ length: count }, () => {
    const next = schedule(service, '10.0.0.2')
    service = next.service
    return next.chosen
  }).join('')
}

describe('sed and nq', () => {
  test('sed leaves a light server idle while the heavy one will be done sooner', () =>
    expect(chosen('sed', [1, 4], 6)).toBe('aaabaa'))

  test('nq sends to whoever is idle first', () => expect(chosen('nq', [1, 4], 6)).toBe('baaaaa'))

  test('neither asks a server that weighs 0', () => {
    expect(chosen('sed', [0, 1], 3)).toBe('aaa')
    expect(chosen('nq', [0, 1], 3)).toBe('aaa')
  })

  test('what is closed no longer counts for sed, and counts for wlc', () => {
    const next = (scheduler: Scheduler) => {
      const first = schedule(addServer(addServer(newService(scheduler), 'a'), 'b'), '10.0.0.2')
      return schedule(closed(first.service, first.chosen!), '10.0.0.2').chosen
    }
    expect([next('sed'), next('wlc')]).toEqual(['b', 'a'])
  })
})
