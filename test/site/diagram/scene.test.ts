import { describe, expect, test } from 'vitest'
import { layoutOf, pathOf, pointOn } from '../../../.vitepress/theme/diagram/layout.ts'
import {
  axisEnd,
  busyAfter,
  dotsAt,
  emptyScene,
  flashMs,
  mostSeen,
  queueSpots,
  sceneAfter,
  sparkline,
  waysOf,
} from '../../../.vitepress/theme/diagram/scene.ts'
import type { TrafficEvent } from '../../../snippets/sim/event.ts'
import { Simulation } from '../../../snippets/sim/simulation.ts'
import { fourTiers } from '../../../snippets/sim/stages/four-tiers.ts'
import { loadBalancer } from '../../../snippets/sim/stages/load-balancer.ts'

const layout = layoutOf(loadBalancer, 'wide')
const ways = waysOf(layout)
const sent = (t: number, arrives: number): TrafficEvent => ({
  kind: 'sent',
  t,
  arrives,
  request: 1,
  from: 'client',
  to: 'nginx',
})
const answered = (status: 200 | 503, cached = false): TrafficEvent => ({
  kind: 'answered',
  t: 0,
  arrives: 10,
  request: 1,
  from: 'nginx',
  to: 'client',
  status,
  cached,
})

describe('a message on its way', () => {
  test('starts at one door, is half-way in the middle of its time, and ends at the other door', () => {
    const { movements } = sceneAfter(emptyScene, [sent(100, 110)], 100)
    const curve = ways.get('client>nginx')!
    const at = (t: number) => dotsAt(movements, t, ways)[0]!
    expect(at(100)).toMatchObject(pointOn(curve, 0))
    expect(at(105).x).toBeCloseTo(pointOn(curve, 0.5).x)
    expect(at(110)).toMatchObject(pointOn(curve, 1))
  })

  test('is not seen before it is sent, nor after it has arrived', () => {
    const { movements } = sceneAfter(emptyScene, [sent(100, 110)], 90)
    expect(dotsAt(movements, 99, ways)).toEqual([])
    expect(dotsAt(movements, 111, ways)).toEqual([])
    expect(sceneAfter({ ...emptyScene, movements }, [], 110).movements).toEqual([])
  })

  test('never runs backwards', () => {
    const { movements } = sceneAfter(emptyScene, [sent(0, 10)], 0)
    const xs = Array.from({ length: 101 }, (_, i) => dotsAt(movements, i / 10, ways)[0]!.x)
    expect(xs).toEqual([...xs].sort((a, b) => a - b))
  })

  test('keeps to its side of the line, so that answers meet no requests', () => {
    const { movements } = sceneAfter(emptyScene, [sent(0, 10), answered(200)], 0)
    const [request, answer] = dotsAt(movements, 5, ways)
    expect(Math.abs(request!.y - answer!.y)).toBeGreaterThan(5)
  })

  test.each([
    [answered(200), 'answer'],
    [answered(200, true), 'cached'],
    [answered(503), 'error'],
    [sent(0, 10), 'request'],
  ])('looks like what it is: %o', (event, look) => {
    expect(sceneAfter(emptyScene, [event], 0).movements[0]!.look).toBe(look)
  })

  test('has a way to go, whatever a stage sends', () => {
    const roads = waysOf(layoutOf(fourTiers, 'narrow'))
    const events = new Simulation(fourTiers, { seed: 1 }).advance(300)
    const { movements } = sceneAfter(emptyScene, events, 0)
    expect(movements.length).toBeGreaterThan(500)
    expect(movements.filter(({ from, to }) => !roads.has(`${from}>${to}`))).toEqual([])
  })
})

test('an error flashes at the server for a moment, and is gone', () => {
  const lost: TrafficEvent = { kind: 'lost', t: 50, request: 1, at: 'web1' }
  const scene = sceneAfter(emptyScene, [lost], 50)
  expect(scene.flashes).toEqual([{ at: 'web1', start: 50 }])
  expect(sceneAfter(scene, [], 50 + flashMs).flashes).toEqual([])
})

describe('a queue', () => {
  const place = layout.places.find(({ node }) => node.id === 'web1')!

  test('grows away from the door, and stops growing when it is told as a number', () => {
    const spots = queueSpots(place, 9, layout)
    expect(spots).toHaveLength(9)
    expect(spots.at(-1)!.x).toBeLessThan(spots[0]!.x)
    expect(spots[0]!.x).toBeLessThan(place.x - layout.half)
    expect(queueSpots(place, 500, layout)).toHaveLength(mostSeen)
  })

  test('two never stand on one spot', () => {
    const spots = queueSpots(place, mostSeen, layout).map(({ x, y }) => `${x} ${y}`)
    expect(new Set(spots).size).toBe(mostSeen)
  })
})

test('a server that works all the time fills up, and drains when it rests', () => {
  const fills = new Map([['web1', { waiting: 3, working: 1 }]])
  const after = (busy: ReadonlyMap<string, number>, now: typeof fills) =>
    busyAfter(busy, now, loadBalancer.nodes, 300)
  const full = after(new Map(), fills)
  expect(full.get('web1')).toBeGreaterThan(0.95)
  expect(full.get('web2')).toBe(0)
  expect(after(full, new Map()).get('web1')).toBeLessThan(0.05)
})

test('an axis ends at a round number, and no value lies above it', () => {
  const highest = [0, 0.4, 1, 1.1, 2, 17, 50, 51, 99, 100, 101, 999]
  expect(highest.map((value) => axisEnd([3e-3, value]))).toEqual([
    1, 1, 1, 2, 2, 20, 50, 100, 100, 100, 200, 1000,
  ])
  expect(axisEnd([])).toBe(1)
})

test('a sparkline is drawn to the end of its axis', () => {
  expect(sparkline([0, 80], 100, 20)).toBe('0.0,20.0 100.0,4.0')
  expect(sparkline([], 100, 20)).toBe('')
})

test('a curve is written with one decimal', () => {
  const [a, b] = [
    { x: 1 / 3, y: 2 },
    { x: 4, y: 5.55 },
  ]
  expect(pathOf([a, a, b, b])).toBe('M0.3 2C0.3 2 4 5.6 4 5.6')
})
