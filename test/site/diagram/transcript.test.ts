import { describe, expect, test } from 'vitest'
import { SimulatedEngine } from '../../../.vitepress/theme/diagram/engine.ts'
import { messages } from '../../../.vitepress/theme/diagram/messages.ts'
import { Narrator } from '../../../.vitepress/theme/diagram/transcript.ts'
import type { TrafficEvent } from '../../../snippets/sim/event.ts'
import { scenarioByName } from '../../../snippets/sim/scenarios.ts'
import { layerFour } from '../../../snippets/sim/stages/layer-four.ts'
import { loadBalancer } from '../../../snippets/sim/stages/load-balancer.ts'
import { manyRedis } from '../../../snippets/sim/stages/many-redis.ts'
import { replicatedRedis } from '../../../snippets/sim/stages/replicated-redis.ts'

const words = messages.en.transcript
const tell = (events: readonly TrafficEvent[], narrator = new Narrator()) =>
  narrator.tell(events, words, (id) => id)
const full = (t: number): TrafficEvent => ({ kind: 'rejected', t, request: 1, at: 'web1' })
const failed = (t: number): TrafficEvent => ({
  ...{ kind: 'ended', t, request: 1, at: 'client', status: 502, ms: 9 },
})

describe('the transcript', () => {
  test('tells a death and what it led to, in order', () => {
    const engine = new SimulatedEngine(loadBalancer, scenarioByName('dead-process'), 400)
    expect(tell(engine.pass(400))).toEqual([
      'web1 was killed. It refuses connections.',
      'web1 has failed and is left out.',
    ])
  })

  test('says a thing once, not for each of a thousand requests', () => {
    const narrator = new Narrator()
    expect(tell([full(0), full(1), failed(2), full(299)], narrator)).toHaveLength(2)
    expect(tell([full(300)], narrator)).toHaveLength(1)
    expect(tell([full(900)], narrator), 'with nothing between').toHaveLength(0)
  })

  test('tells that the virtual IP changes hands, and that it comes back', () => {
    const engine = new SimulatedEngine(layerFour, scenarioByName('calm'), 400)
    const narrator = new Narrator(layerFour.nodes)
    const told = (id: string, state: 'killed' | 'up') => {
      engine.setState(id, state)
      return tell(engine.pass(400), narrator)
    }
    expect(told('lvs1', 'killed')).toContain('lvs1 has failed: lvs2 takes over the virtual IP.')
    expect(told('lvs1', 'up')).toContain('lvs1 is well again, and takes the virtual IP back.')
    expect(told('lvs2', 'killed')).toContain('lvs2 has failed and is left out.')
    expect(told('lvs1', 'killed')).toContain('lvs1 has failed and is left out.')
  })

  test('a spare that starts has joined; only when it has died is it back', () => {
    const engine = new SimulatedEngine(manyRedis, scenarioByName('calm'), 400)
    const narrator = new Narrator(manyRedis.nodes)
    const told = (state: 'killed' | 'up') => {
      engine.setState('redis4', state)
      return tell(engine.pass(400), narrator)
    }
    expect(told('up')).toEqual(['redis4 has joined.', 'redis4 gets its share of the requests.'])
    expect(told('killed')).toEqual([
      'redis4 was killed. It refuses connections.',
      'redis4 has failed and is left out.',
    ])
    expect(told('up')).toEqual(['redis4 is back.', 'redis4 answers again and gets requests.'])
  })

  test('a spare that a lab has stopped before it joined is back, too', () => {
    const narrator = new Narrator(manyRedis.nodes)
    const state = (t: number, state: 'killed' | 'up'): TrafficEvent => ({
      ...{ kind: 'state', t, at: 'redis4', state },
    })
    expect(tell([state(1, 'killed'), state(2, 'up')], narrator).at(-1)).toBe('redis4 is back.')
  })

  test('a copy is promoted, and the old master is back as a copy', () => {
    const engine = new SimulatedEngine(replicatedRedis, scenarioByName('dead-master'), 400)
    const narrator = new Narrator(replicatedRedis.nodes)
    expect(tell(engine.pass(500), narrator)).toEqual([
      'redis1 was killed. It refuses connections.',
      'The Sentinels have given redis1 up: copy1 is master now.',
    ])
    engine.setState('redis1', 'up')
    expect(tell(engine.pass(500), narrator)).toEqual([
      'redis1 is back.',
      'redis1 is a copy of copy1, and has all that it has.',
    ])
  })

  test('is silent while all is well', () => {
    const engine = new SimulatedEngine(loadBalancer, scenarioByName('calm'), 400)
    expect(tell(engine.pass(1000))).toEqual([])
  })

  test('says every kill, however soon after the last', () => {
    const state = (t: number): TrafficEvent => ({ kind: 'state', t, at: 'web1', state: 'up' })
    expect(tell([state(1), state(2)])).toHaveLength(2)
  })
})

describe('scenarios', () => {
  test('overload begins with a load that the stage cannot carry', () => {
    const scenario = scenarioByName('overload')
    const engine = new SimulatedEngine(loadBalancer, scenario, scenario.load!(loadBalancer))
    engine.pass(500)
    expect(engine.snapshot().summary.errorRate).toBeGreaterThan(0.2)
  })

  test('a picture opens on a busy scene', () => {
    const engine = new SimulatedEngine(loadBalancer, scenarioByName('calm'), 400)
    expect(engine.scene.movements.length).toBeGreaterThan(5)
    expect(engine.snapshot().summary.p50Ms).toBeGreaterThan(30)
  })

  test('a spare joins by itself, and a shard dies', () => {
    const eventsOf = (name: string) =>
      new SimulatedEngine(manyRedis, scenarioByName(name), 400)
        .pass(300)
        .flatMap((event) => (event.kind === 'state' ? [`${event.at} ${event.state}`] : []))
    expect(eventsOf('spare-joins')).toEqual(['redis4 up'])
    expect(eventsOf('dead-shard')).toEqual(['redis2 killed'])
    const machine = new SimulatedEngine(replicatedRedis, scenarioByName('dead-machine'), 400)
    expect(machine.pass(300).filter(({ kind }) => kind === 'state')).toHaveLength(3)
  })

  test('an unknown one is refused by name', () => {
    expect(() => scenarioByName('earthquake')).toThrow('"earthquake". Scenarios: calm, ')
  })
})
