import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import { exchange, type Exchange } from '../../../snippets/http-cache/exchange.ts'
import { nginxCacheDefaults } from '../../../snippets/http-cache/nginx-rules.ts'
import type { NginxCacheConfig } from '../../../snippets/http-cache/nginx-rules.ts'
import { nginxCache } from '../../../snippets/http-cache/nginx-cache.ts'
import { withBug } from '../nginx/planted-bugs.ts'
import { fuzzSeed, Seeded } from '../nginx/seeded.ts'
import { failureOutlived, makeStory, makeNginx, unitS, type Story } from './cache-traffic.ts'
import { nginxBugs } from './cache-bugs.ts'
import { follow, type Span, type Words } from './follow-cache.ts'
import { tellAll, type Seen } from './observed.ts'
import { takeEngine } from '../../real/engine.ts'
import { withCaches } from './real-caches.ts'

const seed = fuzzSeed()
const configurations = 40
const storiesEach = 30
/** Seconds. */
const step = 1.2 * unitS
const moments = 5

interface Case {
  readonly config: NginxCacheConfig
  readonly story: Story
  readonly seen: readonly Seen[]
}

let engine: Engine
let cases: readonly Case[]

beforeAll(async () => {
  engine = await takeEngine(['nginx:1.26', 'varnish:7.7', 'node:22-slim'])
  const seeded = new Seeded(seed)
  const drawn = seeded.list(configurations, () => makeNginx(seeded))
  const made = drawn.flatMap((config, at) =>
    seeded.list(storiesEach, (index) => ({
      config,
      story: makeStory(seeded, `/${at}/p${index}`, moments),
    })),
  )
  const { valid, bypass, story } = failureOutlived
  const configs = [...drawn, { ...nginxCacheDefaults, valid, bypass }]
  made.push({ config: configs.at(-1)!, story: story(`/${drawn.length}/p0`) })
  cases = await withCaches(engine, configs, [], async (caches) => {
    const all = made.map(({ story }) => ({ port: caches.nginx, story }))
    const seen = await tellAll(caches, all, step * 1000)
    return made.map(({ config, story }, index) => ({ config, story, seen: seen[index]! }))
  })
})
afterAll(() => engine?.release())

const words: Words = {
  real: ({ answer: { status, headers } }) => `${status} ${headers['x-cache-status'] ?? 'none'}`,
  model: ({ outcome, reason, delivery: { status } }) => {
    if (outcome === 'pass') return `${status} none`
    const isUpdating = outcome === 'stale' && reason === 'being-fetched'
    return `${status} ${isUpdating ? 'UPDATING' : outcome.toUpperCase()}`
  },
}

/** Seconds that a busy machine may need from the origin's answer to its file. */
const storing = 0.3

/**
 * The whole seconds of nginx's clock, at the beginning and at the end. What is fetched behind a stale
 * answer ends after it.
 */
const span = ({ answer: { headers }, origin }: Seen): Span => {
  const ended = Number(headers['x-ended'])
  const asked = (origin.at(-1)?.atMs ?? 0) / 1000
  const last = asked > ended ? asked + storing : ended
  return [Math.floor(ended - Number(headers['x-took']) + 1e-6), Math.floor(last)]
}

const followed = (model: typeof exchange, make: typeof nginxCache, { config, story, seen }: Case) =>
  follow(...([model, make(config), words, story, seen] as const), seen.map(span))

describe('what nginx does with a request', () => {
  test('the model and nginx 1.26 agree on every request of random stories', () => {
    const partings = cases.flatMap((one) => {
      const { parting } = followed(exchange, nginxCache, one)
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
    const all = cases.flatMap((one) => followed(exchange, nginxCache, one).exchanges)
    expect(all.length).toBeGreaterThan((cases.length * moments) / 2)
    const seen = (name: keyof Exchange, value: string) =>
      all.filter((one) => one[name] === value).length
    for (const outcome of ['hit', 'stale', 'miss', 'expired', 'revalidated', 'pass', 'bypass'])
      expect.soft(seen('outcome', outcome), outcome).toBeGreaterThan(0)
    for (const reason of ['other-variant', 'in-grace', 'origin-failed', 'not-modified'])
      expect.soft(seen('reason', reason), reason).toBeGreaterThan(0)
    for (const storing of ['no-lifetime', 'set-cookie', 'cache-control', 'vary-star', 'stale-kept'])
      expect.soft(seen('storing', storing), storing).toBeGreaterThan(0)
  })

  test.each(nginxBugs)('$name: found', async (bug) => {
    const found = await withBug(bug, async (load) => {
      const wrong = (await load('http-cache/nginx-cache.ts')) as {
        readonly nginxCache: typeof nginxCache
      }
      const model = (await load('http-cache/exchange.ts')) as { readonly exchange: typeof exchange }
      return cases.some((one) => followed(model.exchange, wrong.nginxCache, one).parting)
    })
    expect(found).toBe(true)
  })
})
