import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TrafficEvent } from '../../../snippets/sim/event.ts'
import { Simulation } from '../../../snippets/sim/simulation.ts'
import { stageBySlug } from '../../../snippets/sim/stages/index.ts'
import { fillAfter, quantile, summarise } from '../../../snippets/sim/statistics.ts'

const ended = (t: number, ms: number, status: 200 | 503 = 200): TrafficEvent => ({
  kind: 'ended',
  t,
  request: t,
  at: 'client',
  status,
  ms,
})

describe('a summary', () => {
  test('counts good answers per second, and errors apart', () => {
    const events = [ended(150, 10), ended(160, 30), ended(170, 1, 503), ended(180, 20)]
    const summary = summarise(events, 200, 100)
    expect(summary.throughput).toBe(30)
    expect(summary.errorRate).toBe(0.25)
    expect(summary.p50Ms).toBe(20)
    expect(summary.p99Ms).toBe(30)
  })

  test('forgets what is older than its window, and does not know the future', () => {
    const summary = summarise([ended(100, 1), ended(101, 2), ended(301, 3)], 200, 100)
    expect(summary.p99Ms).toBe(2)
    expect(summary.throughput).toBe(10)
  })

  test('says nothing about a latency or a cache that nobody saw', () => {
    const { p50Ms, hitRate, errorRate, throughput } = summarise([], 0, 100)
    expect({ p50Ms, hitRate, errorRate, throughput }).toEqual({
      p50Ms: undefined,
      hitRate: undefined,
      errorRate: 0,
      throughput: 0,
    })
  })

  test("finds the cache's own hit rate again", () => {
    const events = new Simulation(stageBySlug('load-balancer'), { seed: 5 }).advance(10_000)
    expect(summarise(events, 10_000, 10_000).hitRate).toBeCloseTo(0.8, 1)
  })
})

test('a quantile is a value of the list that at least this share does not exceed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer(), { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (list, p) => {
        const sorted = list.sort((a, b) => a - b)
        const value = quantile(sorted, p)!
        expect(sorted).toContain(value)
        expect(sorted.filter((x) => x <= value).length).toBeGreaterThanOrEqual(p * sorted.length)
      },
    ),
  )
})

describe('how full the servers are', () => {
  const stage = stageBySlug('single-server')

  test('under load the queue grows, and a kill empties it', () => {
    const simulation = new Simulation(stage, { seed: 2, load: 600 })
    const full = fillAfter(new Map(), simulation.advance(1500))
    expect(full.get('web')!.waiting).toBeGreaterThan(30)
    simulation.setState('web', 'killed')
    expect(fillAfter(full, simulation.advance(1500)).get('web')).toEqual({ waiting: 0, working: 0 })
  })

  test('reading the events in pieces gives the same as reading them at once', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(400), (seed, cut) => {
        const events = new Simulation(stage, { seed, load: 500 }).advance(400)
        const pieces = fillAfter(fillAfter(new Map(), events.slice(0, cut)), events.slice(cut))
        expect(pieces).toEqual(fillAfter(new Map(), events))
      }),
      { numRuns: 20 },
    )
  })
})

test('an unknown stage is refused by name, with the names there are', () => {
  expect(() => stageBySlug('five-tiers')).toThrow('"five-tiers". Stages: cache-tier, ')
})
