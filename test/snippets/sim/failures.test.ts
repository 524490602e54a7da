import { describe, expect, test } from 'vitest'
import type { TrafficEvent } from '../../../snippets/sim/event.ts'
import { Simulation } from '../../../snippets/sim/simulation.ts'
import type { ServerState, Stage } from '../../../snippets/sim/stage.ts'
import { cacheTier } from '../../../snippets/sim/stages/cache-tier.ts'
import { fourTiers } from '../../../snippets/sim/stages/four-tiers.ts'
import { loadBalancer } from '../../../snippets/sim/stages/load-balancer.ts'
import { manyRedis } from '../../../snippets/sim/stages/many-redis.ts'
import { replicatedRedis } from '../../../snippets/sim/stages/replicated-redis.ts'
import { oneRedis } from '../../../snippets/sim/stages/one-redis.ts'
import { singleServer } from '../../../snippets/sim/stages/single-server.ts'
import { oneServer, twoServers } from './small-stages.ts'

/** Runs for 200 ms, lets something happen to a server, and runs on. */
function disturb(stage: Stage, id: string, state: ServerState, load = 200, forMs = 1500) {
  const simulation = new Simulation(stage, { seed: 42, load })
  const before = simulation.advance(200)
  simulation.setState(id, state)
  return { simulation, before, after: simulation.advance(200 + forMs) }
}

const statuses = (events: readonly TrafficEvent[]) => {
  const counts: Record<number, number> = {}
  for (const event of events) {
    if (event.kind === 'ended') counts[event.status] = (counts[event.status] ?? 0) + 1
  }
  return counts
}
const slowest = (events: readonly TrafficEvent[]) =>
  Math.max(...events.map((event) => (event.kind === 'ended' ? event.ms : 0)))
const count = (events: readonly TrafficEvent[], kind: TrafficEvent['kind'], at: string) =>
  events.filter((event) => event.kind === kind && 'at' in event && event.at === at).length

describe('behind nginx', () => {
  test('a killed process costs the readers nothing: it refuses, so nginx asks the other at once', () => {
    const { after } = disturb(twoServers(), 'web1', 'killed')
    expect(Object.keys(statuses(after))).toEqual(['200'])
    expect(slowest(after)).toBeLessThan(100)
    expect(after.filter(({ kind }) => kind === 'refused').length).toBeGreaterThan(0)
  })

  test('a vanished machine costs a few readers the connect time-out', () => {
    const { after } = disturb(twoServers({ connectTimeoutMs: 90 }), 'web1', 'cut')
    expect(Object.keys(statuses(after))).toEqual(['200'])
    expect(slowest(after)).toBeGreaterThan(90)
    const timedOut = after.filter(({ kind }) => kind === 'timed-out').length
    expect(timedOut).toBeGreaterThan(0)
    expect(timedOut).toBeLessThan(40)
  })

  test('after max_fails failures nginx leaves a server out, and tries it again after fail_timeout', () => {
    const { simulation, after } = disturb(twoServers(), 'web1', 'killed')
    const out = after.find((event) => event.kind === 'left-out')
    expect(out).toMatchObject({ at: 'web1', by: 'nginx' })
    simulation.setState('web1', 'up')
    const mended = simulation.advance(simulation.now + 1000)
    expect(mended.find((event) => event.kind === 'taken-back')).toMatchObject({ at: 'web1' })
    expect(count(mended, 'served', 'web1')).toBeGreaterThan(20)
  })

  test('a higher max_fails lets more questions go to a dead server', () => {
    const refusals = (maxFails: number) => {
      const health = { by: 'requests', maxFails, failTimeoutMs: 300 } as const
      const { after } = disturb(twoServers({ health }), 'web1', 'killed', 200, 250)
      return after.filter(({ kind }) => kind === 'refused').length
    }
    expect(refusals(3)).toBeGreaterThan(refusals(1))
  })

  test('with both servers dead the answer is 502, at once', () => {
    const { simulation } = disturb(twoServers(), 'web1', 'killed')
    simulation.setState('web2', 'killed')
    simulation.advance(simulation.now + 100)
    const later = simulation.advance(simulation.now + 200)
    expect(Object.keys(statuses(later))).toEqual(['502'])
    expect(slowest(later)).toBeLessThan(60)
  })

  test('two servers share the requests equally', () => {
    const events = new Simulation(twoServers(), { seed: 1, load: 300 }).advance(2000)
    const difference = count(events, 'started', 'web1') - count(events, 'started', 'web2')
    expect(Math.abs(difference)).toBeLessThanOrEqual(4)
  })
})

describe('too many readers', () => {
  test('the queue fills, then the server says 503', () => {
    const events = new Simulation(oneServer(10), { seed: 3, load: 500 }).advance(2000)
    const found = statuses(events)
    expect(found[503]).toBeGreaterThan(0)
    expect(found[200]).toBeGreaterThan(400)
  })

  test('waiting grows with the queue: ten times the room, several times the latency', () => {
    const wait = (queueLimit: number) =>
      slowest(new Simulation(oneServer(queueLimit), { seed: 3, load: 500 }).advance(2000))
    expect(wait(100)).toBeGreaterThan(3 * wait(10))
  })
})

describe('single points, and pairs', () => {
  test('on a single server a dead database means 500, and a dead application no answer', () => {
    expect(statuses(disturb(singleServer, 'db', 'killed', 100).after)).toHaveProperty('500')
    expect(Object.keys(statuses(disturb(singleServer, 'web', 'killed', 100).after))).toContain('0')
  })

  test('a cache may die without the service dying: its readers go to the database', () => {
    const { before, after } = disturb(loadBalancer, 'redis', 'killed', 200)
    expect(Object.keys(statuses(after))).toEqual(['200'])
    const perMs = (events: readonly TrafficEvent[], ms: number) =>
      count(events, 'served', 'db') / ms
    expect(perMs(after, 1500)).toBeGreaterThan(2 * perMs(before, 200))
  })

  test('a database that lives behind a good cache drowns when the cache dies', () => {
    const { before, after } = disturb(oneRedis, 'redis', 'killed', oneRedis.load.start, 4000)
    expect(Object.keys(statuses(before))).toEqual(['200'])
    const { 200: good = 0, ...bad } = statuses(after)
    expect(Object.values(bad).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(good)
  })

  test('the second LVS takes the virtual IP over; until it has, readers see errors', () => {
    const { after } = disturb(fourTiers, 'lvs1', 'killed', 900)
    const failedAt = after.flatMap((e) => (e.kind === 'ended' && e.status !== 200 ? [e.t] : []))
    expect(failedAt.length).toBeGreaterThan(0)
    expect(Math.max(...failedAt)).toBeLessThan(200 + 60 + 60)
    expect(count(after, 'served', 'lvs2')).toBeGreaterThan(200)
  })

  test('with every web server dead, old copies answer the reads, and writes fail', () => {
    const { simulation } = disturb(cacheTier, 'web1', 'killed')
    for (const id of ['web2', 'web3']) simulation.setState(id, 'killed')
    simulation.advance(simulation.now + 300)
    const later = simulation.advance(simulation.now + 1500)
    const { 200: good = 0, ...bad } = statuses(later)
    expect(Object.keys(bad)).toEqual(['502'])
    // One request in twelve writes.
    expect(bad[502]! / (good + bad[502]!)).toBeGreaterThan(0.03)
    expect(bad[502]! / (good + bad[502]!)).toBeLessThan(0.16)
  })

  test('whoever is asked while dead says nothing', () => {
    const { after } = disturb(twoServers(), 'web1', 'killed')
    expect(count(after, 'started', 'web1')).toBe(0)
  })
})

describe('where each page has its home', () => {
  const shards = ['redis1', 'redis2', 'redis3', 'redis4']
  const perShard = (events: readonly TrafficEvent[], kind: 'hit' | 'miss') =>
    shards.map((id) => count(events, kind, id))
  const sum = (counts: readonly number[]) => counts.reduce((all, one) => all + one, 0)
  const missRate = (events: readonly TrafficEvent[]) => {
    const [hits, misses] = [sum(perShard(events, 'hit')), sum(perShard(events, 'miss'))]
    return misses / (hits + misses)
  }
  const { start } = manyRedis.load
  const calm = () => new Simulation(manyRedis, { seed: 42, load: start })

  test('all is found but one read in twenty, a third on each; the spare is not asked', () => {
    const events = calm().advance(4000)
    expect(missRate(events)).toBeLessThan(0.08)
    const hits = perShard(events, 'hit')
    for (const one of hits.slice(0, 3)) expect(one / sum(hits)).toBeGreaterThan(0.25)
    expect(events.filter((event) => 'to' in event && event.to === 'redis4')).toEqual([])
    expect(events.filter(({ kind }) => kind === 'state')).toEqual([])
  })

  test('the spare joins: a quarter of the reads are its, and miss until it has been filled', () => {
    const { simulation, after } = disturb(manyRedis, 'redis4', 'up', start, 600)
    expect(Object.keys(statuses(after))).toEqual(['200'])
    expect(missRate(after)).toBeGreaterThan(0.15)
    expect(missRate(after)).toBeLessThan(0.35)
    simulation.advance(simulation.now + 4000)
    const later = simulation.advance(simulation.now + 2000)
    expect(missRate(later)).toBeLessThan(0.08)
    const hits = perShard(later, 'hit')
    expect(hits[3]! / sum(hits)).toBeGreaterThan(0.15)
    expect(hits[3]! / sum(hits)).toBeLessThan(0.35)
  })

  test('one dies: its third of the pages is missing, and the two others share them out', () => {
    const { simulation, before, after } = disturb(manyRedis, 'redis2', 'killed', start, 500)
    expect(Object.keys(statuses(after))).toEqual(['200'])
    expect(count(after, 'served', 'db')).toBeGreaterThan(2 * count(before, 'served', 'db'))
    simulation.advance(simulation.now + 4000)
    const later = simulation.advance(simulation.now + 2000)
    expect(missRate(later)).toBeLessThan(0.08)
    const [one, two, three] = perShard(later, 'hit')
    expect(two).toBe(0)
    expect(Math.min(one!, three!) / (one! + three!)).toBeGreaterThan(0.35)
  })

  test('who comes back is empty, and without a database it stays so', () => {
    const { simulation } = disturb(manyRedis, 'redis2', 'killed', start, 300)
    simulation.setState('db', 'killed')
    simulation.setState('redis2', 'up')
    const events = simulation.advance(simulation.now + 1500)
    expect(count(events, 'miss', 'redis2')).toBeGreaterThan(50)
    expect(count(events, 'hit', 'redis2')).toBe(0)
  })

  test('all three die at once: the database drowns', () => {
    const { simulation } = disturb(manyRedis, 'redis1', 'killed', start, 1)
    for (const id of ['redis2', 'redis3']) simulation.setState(id, 'killed')
    const { 200: good = 0, ...bad } = statuses(simulation.advance(simulation.now + 4000))
    expect(sum(Object.values(bad))).toBeGreaterThan(good)
  })
})

describe('halves with a copy each', () => {
  const { start } = replicatedRedis.load
  const caches = ['redis1', 'copy1', 'redis2', 'copy2']
  const perCache = (events: readonly TrafficEvent[], kind: 'hit' | 'miss') =>
    caches.map((id) => count(events, kind, id))
  const told = (events: readonly TrafficEvent[]) =>
    events.flatMap((event) =>
      event.kind === 'promoted' || event.kind === 'follows'
        ? [`${event.at} ${event.kind} ${event.of}`]
        : [],
    )
  const asked = (events: readonly TrafficEvent[], id: string) =>
    events.filter((event) => event.kind === 'sent' && event.to === id).length
  const share = (events: readonly TrafficEvent[]) => {
    const [hits, misses] = (['hit', 'miss'] as const).map((kind) =>
      perCache(events, kind).reduce((sum, one) => sum + one, 0),
    )
    return misses! / (hits! + misses!)
  }

  test('the masters are asked, half of the pages each, and the copies are not', () => {
    const events = new Simulation(replicatedRedis, { seed: 42, load: start }).advance(4000)
    expect(share(events)).toBeLessThan(0.08)
    const [one, , two] = perCache(events, 'hit')
    expect(one! / (one! + two!)).toBeGreaterThan(0.35)
    expect(one! / (one! + two!)).toBeLessThan(0.65)
    expect(asked(events, 'copy1') + asked(events, 'copy2')).toBe(0)
    expect(told(events)).toEqual([])
  })

  test.each(['killed', 'cut'] as const)(
    'a master is %s: its copy answers at once, and is master a little later',
    (state) => {
      const { simulation, after } = disturb(replicatedRedis, 'redis1', state, start, 180)
      expect(Object.keys(statuses(after))).toEqual(['200'])
      expect(share(after)).toBeLessThan(0.1)
      expect(count(after, 'hit', 'copy1')).toBeGreaterThan(20)
      expect(asked(after, 'redis1')).toBeGreaterThan(20)
      expect(told(after)).toEqual([])
      expect(told(simulation.advance(simulation.now + 100))).toEqual(['copy1 promoted redis1'])
      const later = simulation.advance(simulation.now + 2000)
      expect(asked(later, 'redis1')).toBe(0)
      expect(share(later)).toBeLessThan(0.08)
    },
  )

  test('the old master comes back as a copy with all that was kept meanwhile', () => {
    const { simulation } = disturb(replicatedRedis, 'redis1', 'killed', start, 1000)
    simulation.setState('redis1', 'up')
    const events = simulation.advance(simulation.now + 1000)
    expect(told(events)).toEqual(['redis1 follows copy1'])
    expect(asked(events, 'redis1')).toBe(0)
    simulation.setState('copy1', 'killed')
    const second = simulation.advance(simulation.now + 1000)
    expect(told(second)).toEqual(['redis1 promoted copy1'])
    expect(share(second)).toBeLessThan(0.1)
  })

  test('a whole machine dies, and one of each half is left', () => {
    const { simulation } = disturb(replicatedRedis, 'redis1', 'killed', start, 0)
    for (const id of ['copy2', 'sentinel1']) simulation.setState(id, 'killed')
    const events = simulation.advance(simulation.now + 2000)
    expect(Object.keys(statuses(events))).toEqual(['200'])
    expect(share(events)).toBeLessThan(0.1)
    expect(told(events)).toEqual(['copy1 promoted redis1'])
  })

  test('with two Sentinels dead nobody is promoted, until one of them is back', () => {
    const { simulation } = disturb(replicatedRedis, 'sentinel1', 'killed', start, 0)
    simulation.setState('sentinel2', 'killed')
    simulation.setState('redis2', 'killed')
    expect(told(simulation.advance(simulation.now + 2000))).toEqual([])
    simulation.setState('sentinel2', 'up')
    expect(told(simulation.advance(simulation.now + 300))).toEqual(['copy2 promoted redis2'])
  })

  test('what else happens to a Sentinel makes nobody impatient', () => {
    const { simulation } = disturb(replicatedRedis, 'sentinel3', 'killed', start, 150)
    simulation.setState('redis1', 'killed')
    expect(told(simulation.advance(simulation.now + 150))).toEqual([])
    expect(told(simulation.advance(simulation.now + 100))).toEqual(['copy1 promoted redis1'])
  })

  test('without a master nothing new is kept in its half: a copy takes no writes', () => {
    const { simulation } = disturb(replicatedRedis, 'sentinel1', 'killed', start, 0)
    for (const id of ['sentinel2', 'redis1', 'copy1']) simulation.setState(id, 'killed')
    simulation.setState('copy1', 'up')
    const events = simulation.advance(simulation.now + 2000)
    expect(count(events, 'miss', 'copy1')).toBeGreaterThan(50)
    expect(count(events, 'hit', 'copy1')).toBe(0)
  })

  test('a master that is back before it is missed has nothing, and so has its copy', () => {
    const { simulation } = disturb(replicatedRedis, 'redis1', 'killed', start, 100)
    simulation.setState('redis1', 'up')
    simulation.setState('db', 'killed')
    simulation.advance(simulation.now + 250)
    simulation.setState('redis1', 'killed')
    const events = simulation.advance(simulation.now + 150)
    expect(told(events)).toEqual([])
    expect(count(events, 'hit', 'copy1')).toBe(0)
    expect(count(events, 'miss', 'copy1')).toBeGreaterThan(10)
  })

  test('master and copy away: their half of the reads goes to the database', () => {
    const { simulation } = disturb(replicatedRedis, 'redis1', 'killed', start, 0)
    simulation.setState('copy1', 'killed')
    const events = simulation.advance(simulation.now + 500)
    expect(told(events)).toEqual([])
    expect(count(events, 'served', 'db')).toBeGreaterThan(60)
    expect(share(events)).toBeLessThan(0.08)
  })
})
