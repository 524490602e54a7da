import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TrafficEvent } from '../../../snippets/sim/event.ts'
import { Simulation } from '../../../snippets/sim/simulation.ts'
import type { ServerState } from '../../../snippets/sim/stage.ts'
import { stages } from '../../../snippets/sim/stages/index.ts'
import { oneServer } from './small-stages.ts'

interface Command {
  readonly at: number
  readonly node: number
  readonly state: ServerState
}

const commands: fc.Arbitrary<Command[]> = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 400 }),
    node: fc.nat(),
    state: fc.constantFrom<ServerState>('up', 'killed', 'cut'),
  }),
  { maxLength: 8 },
)
const stage = fc.constantFrom(...stages)
const seed = fc.integer()
const load = fc.integer({ min: 50, max: 2500 })

/** Plays a story: servers fail and recover while readers come; then the last of them is served. */
function play(chosen: (typeof stages)[number], seed: number, load: number, story: Command[]) {
  const simulation = new Simulation(chosen, { seed, load })
  const servers = chosen.nodes.filter((node) => node.tier !== 'client')
  const events: TrafficEvent[] = []
  for (const { at, node, state } of [...story].sort((a, b) => a.at - b.at)) {
    events.push(...simulation.advance(at))
    simulation.setState(servers[node % servers.length]!.id, state)
  }
  events.push(...simulation.advance(400))
  simulation.setLoad(0)
  events.push(...simulation.advance(5000))
  return events
}

const of = <K extends TrafficEvent['kind']>(events: readonly TrafficEvent[], kind: K) =>
  events.filter((event): event is Extract<TrafficEvent, { kind: K }> => event.kind === kind)

describe('whatever fails, and whenever', () => {
  test('every request ends, and ends once', () => {
    fc.assert(
      fc.property(stage, seed, load, commands, (stage, seed, load, story) => {
        const events = play(stage, seed, load, story)
        const begun = of(events, 'begun').map(({ request }) => request)
        const ended = of(events, 'ended').map(({ request }) => request)
        expect(ended.sort((a, b) => a - b)).toEqual(begun)
      }),
      { numRuns: 60 },
    )
  })

  test('time never runs backwards', () => {
    fc.assert(
      fc.property(stage, seed, load, commands, (stage, seed, load, story) => {
        const times = play(stage, seed, load, story).map(({ t }) => t)
        expect(times).toEqual([...times].sort((a, b) => a - b))
      }),
      { numRuns: 30 },
    )
  })

  test('the same seed tells the same story, and another seed another', () => {
    fc.assert(
      fc.property(stage, seed, load, commands, (stage, seed, load, story) => {
        const events = play(stage, seed, load, story)
        expect(play(stage, seed, load, story)).toEqual(events)
        expect(play(stage, seed + 1, load, story)).not.toEqual(events)
      }),
      { numRuns: 20 },
    )
  })

  test('a worker does one thing at a time, and no queue is longer than its limit', () => {
    fc.assert(
      fc.property(stage, seed, load, commands, (stage, seed, load, story) => {
        const inside = new Map(stage.nodes.map(({ id }) => [id, { working: 0, waiting: 0 }]))
        const limits = new Map(stage.nodes.map((node) => [node.id, node]))
        for (const event of play(stage, seed, load, story)) {
          if (event.kind === 'state' && event.state === 'killed') {
            inside.set(event.at, { working: 0, waiting: 0 })
          }
          if (event.kind !== 'queued' && event.kind !== 'started' && event.kind !== 'served')
            continue
          const server = inside.get(event.at)!
          if (event.kind === 'queued') server.waiting++
          if (event.kind === 'served') server.working--
          if (event.kind === 'started') {
            server.working++
            if (server.waiting > 0) server.waiting--
          }
          const { workers, queueLimit } = limits.get(event.at)!
          expect(server.working).toBeLessThanOrEqual(workers)
          expect(server.waiting).toBeLessThanOrEqual(queueLimit)
        }
      }),
      { numRuns: 30 },
    )
  })
})

test('how finely the clock is read changes nothing', () => {
  fc.assert(
    fc.property(stage, seed, fc.array(fc.nat(300), { maxLength: 30 }), (stage, seed, times) => {
      const looked = new Simulation(stage, { seed })
      const seen = [...times].sort((a, b) => a - b).flatMap((time) => looked.advance(time))
      seen.push(...looked.advance(300))
      expect(seen).toEqual(new Simulation(stage, { seed }).advance(300))
    }),
    { numRuns: 30 },
  )
})

describe("Little's law", () => {
  test('requests inside = arrivals per ms × ms inside, exactly, when all who came have left', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 20, max: 400 }), (seed, load) => {
        const simulation = new Simulation(oneServer(), { seed, load })
        const events = [...simulation.advance(2000)]
        simulation.setLoad(0)
        events.push(...simulation.advance(60_000))
        const ended = of(events, 'ended')
        fc.pre(ended.length > 0)
        let inside = 0
        let area = 0
        let last = 0
        for (const event of events) {
          if (event.kind !== 'begun' && event.kind !== 'ended') continue
          area += inside * (event.t - last)
          last = event.t
          inside += event.kind === 'begun' ? 1 : -1
        }
        const msInside = ended.reduce((sum, { ms }) => sum + ms, 0)
        expect(inside).toBe(0)
        expect(area).toBeCloseTo(msInside, 3)
      }),
      { numRuns: 30 },
    )
  })

  test('at half its capacity a server takes twice its service time, at 80 % five times (M/M/1)', () => {
    for (const [busy, factor] of [
      [0.5, 2],
      [0.8, 5],
    ] as const) {
      const stage = oneServer(Infinity, { hopMs: 0 })
      const events = new Simulation(stage, { seed: 7, load: 250 * busy }).advance(150_000)
      const times = of(events, 'ended').map(({ ms }) => ms)
      const mean = times.reduce((sum, ms) => sum + ms, 0) / times.length
      expect(mean / 4).toBeGreaterThan(factor * 0.9)
      expect(mean / 4).toBeLessThan(factor * 1.1)
    }
  })
})
