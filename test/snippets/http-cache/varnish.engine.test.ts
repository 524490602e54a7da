import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import { exchange, type Exchange } from '../../../snippets/http-cache/exchange.ts'
import type { VarnishConfig } from '../../../snippets/http-cache/varnish-rules.ts'
import { varnish } from '../../../snippets/http-cache/varnish.ts'
import { withBug } from '../nginx/planted-bugs.ts'
import { fuzzSeed, Seeded } from '../nginx/seeded.ts'
import { makeStory, makeVarnish, unitS, type Story } from './cache-traffic.ts'
import { varnishBugs } from './cache-bugs.ts'
import { follow, type Words } from './follow-cache.ts'
import { tellAll, type Seen } from './observed.ts'
import { takeEngine } from '../../real/engine.ts'
import { withCaches } from './real-caches.ts'

const seed = fuzzSeed()
const configurations = 6
const storiesEach = 120
/** Seconds. Whatever lasts whole units ends a fifth of one before a moment or after, never at it. */
const step = 1.2 * unitS
const moments = 5

interface Case {
  readonly config: VarnishConfig
  readonly story: Story
  readonly seen: readonly Seen[]
}

let engine: Engine
let cases: readonly Case[]

beforeAll(async () => {
  engine = await takeEngine(['nginx:1.26', 'varnish:7.7', 'node:22-slim'])
  const seeded = new Seeded(seed)
  const configs = seeded.list(configurations, () => makeVarnish(seeded))
  const made = configs.flatMap((config, at) =>
    seeded.list(storiesEach, (index) => ({
      ...{ config, at },
      story: makeStory(seeded, `/${at}/p${index}`, moments),
    })),
  )
  cases = await withCaches(engine, [], configs, async (caches) => {
    const all = made.map(({ at, story }) => ({ port: caches.varnishes[at]!, story }))
    const seen = await tellAll(caches, all, step * 1000)
    return made.map(({ config, story }, index) => ({ config, story, seen: seen[index]! }))
  })
})
afterAll(() => engine?.release())

const words: Words = {
  real: ({ answer: { status, headers } }) => {
    const [hits, isHitMiss] = (headers['x-seen'] ?? '').split(' ')
    const how = isHitMiss === 'true' ? 'hit-for-miss' : Number(hits) > 0 ? 'cached' : 'fetched'
    return `${status} ${how} age ${headers.age}`
  },
  model: ({ outcome, delivery: { status, ageS = 0 } }, { answer }) => {
    const isCached = outcome === 'hit' || outcome === 'stale'
    const how = outcome === 'hit-for-miss' ? outcome : isCached ? 'cached' : 'fetched'
    // Between two moments are a few milliseconds more, or fewer.
    const said = Number(answer.headers.age)
    return `${status} ${how} age ${Math.abs(said - ageS) <= 1 ? said : ageS}`
  },
}

const followed = (model: typeof exchange, make: typeof varnish, { config, story, seen }: Case) =>
  follow(
    ...([model, make(config), words, story, seen] as const),
    seen.map(({ fromMs, toMs }) => [fromMs / 1000, toMs / 1000]),
  )

describe('what Varnish does with a request', () => {
  test('the model and Varnish 7.7 agree on every request of random stories', () => {
    const partings = cases.flatMap((one) => {
      const { parting } = followed(exchange, varnish, one)
      return parting ? [{ ...one, parting }] : []
    })
    const [first] = partings.toSorted((a, b) => a.parting.moment - b.parting.moment)
    if (!first) return
    expect.fail(
      [
        `FUZZ_SEED=${seed}, ${partings.length} of ${cases.length}`,
        JSON.stringify(first.config),
        ...first.story
          .slice(0, first.parting.moment + 1)
          .map((moment, at) => `${JSON.stringify(moment)}\n   ${words.real(first.seen[at]!)}`),
        JSON.stringify(first.parting, undefined, 2),
      ].join('\n'),
    )
  })

  test('the stories lead everywhere', () => {
    const all = cases.flatMap((one) => followed(exchange, varnish, one).exchanges)
    expect(all.length).toBeGreaterThan((cases.length * moments) / 2)
    const seen = (name: keyof Exchange, value: string) =>
      all.filter((one) => one[name] === value).length
    for (const outcome of ['hit', 'stale', 'miss', 'pass', 'hit-for-miss'])
      expect.soft(seen('outcome', outcome), outcome).toBeGreaterThan(30)
    for (const reason of ['method', 'cookie', 'authorization', 'other-variant', 'too-old'])
      expect.soft(seen('reason', reason), reason).toBeGreaterThan(0)
    for (const storing of [
      'no-lifetime',
      'set-cookie',
      'cache-control',
      'vary-star',
      'stored-again',
    ])
      expect.soft(seen('storing', storing), storing).toBeGreaterThan(0)
  })

  test.each(varnishBugs)('$name: found', async (bug) => {
    const found = await withBug(bug, async (load) => {
      const wrong = (await load('http-cache/varnish.ts')) as { readonly varnish: typeof varnish }
      const model = (await load('http-cache/exchange.ts')) as { readonly exchange: typeof exchange }
      return cases.some((one) => followed(model.exchange, wrong.varnish, one).parting)
    })
    expect(found).toBe(true)
  })
})
