import type { CacheRequest, Headers, OriginAnswer } from './message.ts'
import { wantsPart } from './part.ts'
import {
  newFetch,
  withFetch,
  type Answered,
  type Asked,
  type CachedObject,
  type CacheState,
  type Delivery,
  type Fetch,
  type SharedCache,
  type Storing,
} from './shared-cache.ts'
import {
  ageOf,
  lifetimesOf,
  isKnown,
  passes,
  refusal,
  validatorsOf,
  variesOf,
  withGzip,
  type VarnishConfig,
} from './varnish-rules.ts'

/** Varnish 7.7 with its built-in VCL. https://varnish-cache.org/docs/7.7/users-guide/vcl-grace.html */
export const varnish = (config: VarnishConfig): SharedCache => ({
  ask,
  answered: (state, fetch, answer, nowS) => answered(config, state, fetch, answer, nowS),
  // Who waits here waits until the answer comes.
  impatient: (state) => ({ state, gone: [] }),
})

function ask(before: CacheState, request: CacheRequest, reader: number, nowS: number): Asked {
  const state = { ...before, objects: before.objects.filter((one) => nowS < one.keptUntilS) }
  const passed = passes(request)
  if (passed) {
    const { 'if-none-match': etag, 'if-modified-since': since } = request.headers
    const more = { mayStore: false, etag, since }
    return askOrigin(state, newFetch(state, request, 'pass', more), passed)
  }
  const same = state.objects.filter(({ url }) => url === request.url)
  const matching = same.filter(({ varies }) => matches(varies, request))
  const found = matching.find(({ freshUntilS }) => nowS < freshUntilS)
  if (found?.kind === 'hit-for-miss')
    // Nobody waits for anybody: the answer will not be shared.
    return askOrigin(
      state,
      newFetch(state, withGzip(request), 'hit-for-miss', { stale: found }),
      'uncacheable-before',
    )
  if (found)
    return {
      ...{ state, outcome: 'hit', reason: 'fresh', fetch: undefined },
      delivery: deliver(request, found, nowS),
    }
  const stale = matching.toSorted((a, b) => b.bornS - a.bornS)[0]
  // Even when its time is over, as long as it is there.
  if (stale?.kind === 'hit-for-miss')
    return askOrigin(
      state,
      newFetch(state, withGzip(request), 'hit-for-miss'),
      'uncacheable-before',
    )
  const isBusy = state.fetches.some(
    (one) =>
      one.isAwaited && one.request.url === request.url && isAlike(one.request, request, same),
  )
  const inGrace = stale && nowS <= stale.graceUntilS
  if (inGrace) {
    const more = { isBackground: true, isAwaited: true, stale, ...askedAbout(stale) }
    const fetch = isBusy ? undefined : newFetch(state, withGzip(request), 'stale', more)
    const reason = isBusy ? 'being-fetched' : 'in-grace'
    const after = fetch ? withFetch(state, fetch) : state
    return {
      state: after,
      outcome: 'stale',
      reason,
      delivery: deliver(request, stale, nowS),
      fetch,
    }
  }
  if (isBusy) {
    const waiting = [...state.waiting, { request, reader, sinceS: nowS }]
    return {
      ...{ state: { ...state, waiting }, outcome: 'waiting', reason: 'being-fetched' },
      ...{ delivery: undefined, fetch: undefined },
    }
  }
  const more = { isAwaited: true, stale, ...(stale ? askedAbout(stale) : {}) }
  const reason = stale ? 'too-old' : same.length > 0 ? 'other-variant' : 'nothing-stored'
  return askOrigin(state, newFetch(state, withGzip(request), 'miss', more), reason)
}

const askOrigin = (state: CacheState, fetch: Fetch, reason: Asked['reason']): Asked => ({
  ...{ state: withFetch(state, fetch), outcome: fetch.outcome, reason },
  ...{ delivery: undefined, fetch },
})

const matches = (varies: CachedObject['varies'], { headers }: CacheRequest): boolean =>
  Object.entries(varies).every(([name, value]) => headers[name] === value)

/** While the answer is not there, Varnish supposes that it will vary as the stored ones do. */
const isAlike = (one: CacheRequest, other: CacheRequest, stored: readonly CachedObject[]) =>
  matches(variesOf(Object.keys(stored[0]?.varies ?? {}).join(), one), other)

const askedAbout = ({ kind, status, headers, storedS }: CachedObject) =>
  validatorsOf(kind === 'answer' ? status : 0, headers, storedS)

/** A 200 may become a 304, or a part: 206. */
function deliver({ headers: asked }: CacheRequest, object: CachedObject, nowS: number): Delivery {
  const { status, headers, bornS } = object
  const delivered = { object, ageS: Math.max(0, Math.floor(nowS - bornS)) }
  if (status !== 200) return { ...delivered, status }
  if (isKnown(asked, headers, bornS, nowS)) return { ...delivered, status: 304 }
  return { ...delivered, status: wantsPart(asked, headers) ? 206 : 200 }
}

function answered(
  config: VarnishConfig,
  before: CacheState,
  fetch: Fetch,
  answer: OriginAnswer,
  nowS: number,
): Answered {
  const woken = fetch.isAwaited
    ? before.waiting.filter(({ request }) => request.url === fetch.request.url)
    : []
  const rest = {
    ...before,
    fetches: before.fetches.filter(({ id }) => id !== fetch.id),
    waiting: before.waiting.filter((one) => !woken.includes(one)),
  }
  const { outcome } = fetch
  if (answer.kind === 'dead')
    return {
      ...{ state: rest, outcome, reason: 'origin-failed', woken },
      ...{ storing: fetch.stale ? 'stale-kept' : 'failed' },
      delivery: { status: 503, object: undefined, ageS: 0 },
    }
  const { object, storing } = objectOf(config, fetch, answer.status, answer.headers, nowS)
  const others = rest.objects.filter((one) => one !== fetch.stale)
  const state = fetch.mayStore ? { ...rest, objects: [object, ...others] } : rest
  const reason = storing === 'stored-again' ? 'not-modified' : 'nothing-stored'
  const delivery = deliver(fetch.request, object, nowS)
  return { state, outcome, reason, storing, delivery, woken }
}

/** What becomes of an answer. A 304 keeps the old body; its lifetimes are those that it says itself. */
function objectOf(
  config: VarnishConfig,
  { id, request, stale, etag, since, mayStore }: Fetch,
  status: number,
  said: Headers,
  nowS: number,
): { readonly object: CachedObject; readonly storing: Storing } {
  const isAsked = etag !== undefined || since !== undefined
  const isUnchanged = status === 304 && stale !== undefined && isAsked
  const headers = isUnchanged ? { ...stale.headers, ...said } : said
  const bornS = nowS - ageOf(said)
  const { ttlS, graceS, keepS } = lifetimesOf(status, said, config, nowS)
  const refused = mayStore ? refusal(headers, bornS + ttlS - nowS) : undefined
  const freshUntilS = refused ? nowS + config.uncacheableTtlS : bornS + ttlS
  const graceUntilS = freshUntilS + graceS
  const object: CachedObject = {
    ...{ kind: refused ? 'hit-for-miss' : 'answer', id: isUnchanged ? stale.id : id },
    ...{ url: request.url, key: request.url, varies: variesOf(headers.vary, request) },
    ...{ status: isUnchanged ? stale.status : status, headers, bornS, storedS: nowS },
    ...{ freshUntilS, graceUntilS, errorUntilS: graceUntilS, keptUntilS: graceUntilS + keepS },
  }
  const stored = isUnchanged ? 'stored-again' : 'stored'
  return { object, storing: !mayStore ? 'passed' : (refused ?? stored) }
}
