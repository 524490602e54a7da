import { expect, test } from 'vitest'
import type { TrafficEvent } from '../../../snippets/sim/event.ts'
import { Simulation } from '../../../snippets/sim/simulation.ts'
import { multiLevel } from '../../../snippets/sim/stages/multi-level.ts'

const groups = ['near1', 'near2', 'near3', 'near4']
const { start, max } = multiLevel.load
const calm = (load = start) => new Simulation(multiLevel, { seed: 42, load })

const count = (events: readonly TrafficEvent[], kind: TrafficEvent['kind'], at: string) =>
  events.filter((event) => event.kind === kind && 'at' in event && event.at === at).length
const asked = (events: readonly TrafficEvent[], to: string) =>
  events.filter((event) => event.kind === 'sent' && event.to === to).length
const statuses = (events: readonly TrafficEvent[]) => [
  ...new Set(events.flatMap((event) => (event.kind === 'ended' ? [event.status] : []))),
]
const missRate = (events: readonly TrafficEvent[], at: string) => {
  const [hits, misses] = [count(events, 'hit', at), count(events, 'miss', at)]
  return misses / (hits + misses)
}
const follows = (events: readonly TrafficEvent[]) =>
  events.flatMap((event) => (event.kind === 'follows' ? [`${event.at} follows ${event.of}`] : []))

/** `ms` later: what has happened since. */
const after = (simulation: Simulation, ms: number) => simulation.advance(simulation.now + ms)

test('each group gets a third of the readings, the main level a tenth, the database a hundredth', () => {
  const events = calm().advance(6000)
  expect(statuses(events)).toEqual([200])
  const [reads, shares] = [
    events.filter((event) => event.kind === 'sent' && groups.includes(event.to)).length,
    groups.map((id) => asked(events, id)),
  ]
  for (const one of shares.slice(0, 3)) expect(one / reads).toBeCloseTo(1 / 3, 1)
  expect(shares[3]).toBe(0)
  expect(asked(events, 'redis1') / reads).toBeGreaterThan(0.07)
  expect(asked(events, 'redis1') / reads).toBeLessThan(0.13)
  expect(count(events, 'miss', 'redis1') / reads).toBeLessThan(0.02)
  expect(asked(events, 'copy1')).toBe(0)
})

test('a group dies: the main level has its share until all know, then the others do', () => {
  const simulation = calm()
  const before = after(simulation, 500)
  simulation.setState('near2', 'killed')
  const first = after(simulation, 110)
  expect(statuses(first)).toEqual([200])
  expect(asked(first, 'redis1') / 110).toBeGreaterThan((2 * asked(before, 'redis1')) / 500)
  after(simulation, 30)
  const known = after(simulation, 2000)
  expect(statuses(known)).toEqual([200])
  expect(asked(known, 'near2')).toBe(0)
  expect(asked(known, 'redis1') / 2000).toBeLessThan((1.5 * asked(before, 'redis1')) / 500)
  const [one, , three] = groups.map((id) => asked(known, id))
  expect(one! / (one! + three!)).toBeCloseTo(0.5, 1)
})

test('who comes back is empty; the main level fills it, and the hot topic is there at once', () => {
  const simulation = calm()
  simulation.setState('near2', 'killed')
  after(simulation, 200)
  simulation.setState('near2', 'up')
  const events = after(simulation, 600)
  expect(missRate(events, 'near2')).toBeGreaterThan(0.25)
  // Half of all is one page.
  expect(missRate(events, 'near2')).toBeLessThan(0.65)
  expect(missRate(events, 'near1')).toBeLessThan(0.2)
  expect(asked(events, 'redis1')).toBeGreaterThan(40)
  expect(missRate(events, 'redis1')).toBeLessThan(0.2)
  after(simulation, 6000)
  expect(missRate(after(simulation, 2000), 'near2')).toBeLessThan(0.2)
})

test('the fourth joins: a quarter of the readings is its', () => {
  const simulation = calm()
  simulation.setState('near4', 'up')
  after(simulation, 200)
  const events = after(simulation, 4000)
  expect(statuses(events)).toEqual([200])
  const shares = groups.map((id) => asked(events, id))
  for (const one of shares)
    expect(one / shares.reduce((sum, more) => sum + more)).toBeCloseTo(0.25, 1)
})

test('the hotter the fewer groups are left: a page waits for one that has all to do', () => {
  const median = (...killed: readonly string[]) => {
    const simulation = calm(max)
    for (const id of killed) simulation.setState(id, 'killed')
    after(simulation, 500)
    const ms = after(simulation, 3000).flatMap((event) =>
      event.kind === 'ended' ? [event.ms] : [],
    )
    return ms.sort((a, b) => a - b)[Math.floor(ms.length / 2)]!
  }
  expect(median('near2', 'near3')).toBeGreaterThan(1.3 * median())
})

test('with the main level dead the groups still answer nine of ten', () => {
  const simulation = calm()
  simulation.setState('redis1', 'killed')
  simulation.setState('copy1', 'killed')
  const events = after(simulation, 3000)
  expect(statuses(events)).toEqual([200])
  for (const id of groups.slice(0, 3)) expect(missRate(events, id)).toBeLessThan(0.15)
  expect(asked(events, 'db')).toBeGreaterThan(80)
})

test('the master dies: its copy answers in its place, and takes nothing new', () => {
  const simulation = calm()
  simulation.setState('redis1', 'killed')
  const events = after(simulation, 2000)
  expect(statuses(events)).toEqual([200])
  expect(count(events, 'hit', 'copy1')).toBeGreaterThan(30)
  simulation.setState('copy1', 'killed')
  simulation.setState('copy1', 'up')
  const later = after(simulation, 3000)
  expect(count(later, 'miss', 'copy1')).toBeGreaterThan(50)
  expect(count(later, 'hit', 'copy1')).toBe(0)
})

test('a master that is back has nothing, and so has its copy; a copy that is back has all', () => {
  const simulation = calm()
  simulation.setState('copy1', 'killed')
  expect(follows(after(simulation, 100))).toEqual([])
  simulation.setState('copy1', 'up')
  expect(follows(after(simulation, 100))).toEqual(['copy1 follows redis1'])
  simulation.setState('redis1', 'killed')
  expect(missRate(after(simulation, 2000), 'copy1')).toBeLessThan(0.25)
  simulation.setState('redis1', 'up')
  simulation.setState('db', 'killed')
  simulation.setState('redis1', 'killed')
  const events = after(simulation, 1000)
  expect(count(events, 'miss', 'copy1')).toBeGreaterThan(10)
  expect(count(events, 'hit', 'copy1')).toBe(0)
})
