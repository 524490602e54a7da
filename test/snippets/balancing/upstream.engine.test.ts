import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import { react, takeIn } from '../../../snippets/balancing/pass-request.ts'
import { printUpstream } from '../../../snippets/balancing/print-upstream.ts'
import { withBug } from '../nginx/planted-bugs.ts'
import { takeEngine } from '../../real/engine.ts'
import { withNginx } from '../nginx/real-nginx.ts'
import { fuzzSeed, Seeded } from '../nginx/seeded.ts'
import { follow, type Model } from './follow.ts'
import { configuration, observe, type Observed } from './real-upstreams.ts'
import { makeTraffic, type Traffic } from './traffic.ts'
import { upstreamBugs } from './upstream-bugs.ts'

const upstreams = 300
const requestsEach = 60
const seed = fuzzSeed()
const ours: Model = { takeIn, react }
let engine: Engine
let all: readonly Traffic[]
let observed: readonly (readonly Observed[])[]

beforeAll(async () => {
  engine = await takeEngine()
  const seeded = new Seeded(seed)
  all = seeded.list(upstreams, () => makeTraffic(seeded, requestsEach))
  observed = await withNginx(engine, configuration(all), ({ port }) => observe(port, all))
})
afterAll(() => engine?.release())

describe('which server gets the request', () => {
  test('the model and nginx 1.26 agree on every request to random upstreams', () => {
    const partings = all
      .flatMap((traffic, index) => {
        const parting = follow(ours, traffic, observed[index]!)
        return parting ? [{ traffic, parting, seen: observed[index]! }] : []
      })
      .toSorted(
        (a, b) => sizeOf(a.traffic) - sizeOf(b.traffic) || a.parting.request - b.parting.request,
      )
    const [smallest] = partings
    if (!smallest) return
    const { traffic, parting, seen } = smallest
    const story = seen
      .slice(0, parting.request + 1)
      .map(({ tried, outcome, fromS, toS }, index) => {
        const { client, key, reactions } = traffic.requests[index]!
        return JSON.stringify({ client, key, reactions, tried, outcome, fromS, toS })
      })
    expect.fail(
      [
        `FUZZ_SEED=${seed}, ${partings.length} of ${upstreams} upstreams`,
        printUpstream('u', traffic.upstream, { hasZone: traffic.hasZone }),
        ...story.slice(-12),
        JSON.stringify(parting, undefined, 2),
      ].join('\n'),
    )
  })

  test('time passed, servers failed and came back, and some requests found nobody', () => {
    const flat = observed.flat()
    expect(flat).toHaveLength(all.flatMap(({ requests }) => requests).length)
    const last = flat.reduce((latest, { toS }) => Math.max(latest, toS), 0)
    expect(last - flat[0]!.fromS).toBeGreaterThanOrEqual(4)
    for (const outcome of ['answered', 'gave-up', 'no-live-servers'] as const)
      expect
        .soft(flat.filter((one) => one.outcome === outcome).length, outcome)
        .toBeGreaterThan(upstreams / 4)
    expect(flat.filter(({ tried }) => tried.length > 2).length).toBeGreaterThan(upstreams / 4)
  })

  test.each(upstreamBugs)('$name: found within 300 upstreams', async (bug) => {
    const found = await withBug(bug, async (load) => {
      const wrong = (await load('balancing/pass-request.ts')) as Model
      return all.findIndex(
        (traffic, index) => isCertain(traffic) && follow(wrong, traffic, observed[index]!),
      )
    })
    expect(found).toBeGreaterThanOrEqual(0)
  })
})

const sizeOf = ({ upstream }: Traffic): number => printUpstream('u', upstream).length

/** Where dice are thrown, following all possibilities takes its time. */
const isCertain = ({ upstream }: Traffic): boolean => !upstream.method.startsWith('random')
