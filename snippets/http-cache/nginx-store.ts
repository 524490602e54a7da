import { namesIn, type Headers, type OriginAnswer } from './message.ts'
import { hasAny, validFor, variantKey } from './nginx-rules.ts'
import type { NginxCacheConfig } from './nginx-rules.ts'
import { saidBy } from './nginx-said.ts'
import { forReader } from './nginx-reader.ts'
import type { Answered, CachedObject, CacheState, Fetch } from './shared-cache.ts'

type Stored = Pick<Answered, 'state' | 'storing' | 'delivery'>

/** A new answer, stored if nothing speaks against it. */
export function storeAnswer(
  config: NginxCacheConfig,
  state: CacheState,
  fetch: Fetch,
  { status, headers: sent }: Extract<OriginAnswer, { kind: 'answer' }>,
  nowS: number,
): Stored {
  const headers = config.ignore.includes('Vary') ? without(sent, 'vary') : sent
  const { validUntilS, updatingS, errorS, refused } = saidBy(headers, config.ignore, nowS)
  const lifeS = validFor(config, status)
  const { request } = fetch
  const freshUntilS = validUntilS ?? nowS + lifeS
  const vary = namesIn(headers.vary)
  const object: CachedObject = {
    ...{ kind: 'answer', id: fetch.id, url: request.url, status, headers },
    key: keyFor(fetch, headers),
    varies: Object.fromEntries(vary.map((name) => [name, request.headers[name]])),
    ...{ bornS: nowS, storedS: nowS, freshUntilS, keptUntilS: nowS + config.inactiveS },
    ...{ graceUntilS: updatingS ? freshUntilS + updatingS : -Infinity },
    ...{ errorUntilS: errorS ? freshUntilS + errorS : -Infinity },
  }
  const storing = !fetch.mayStore
    ? 'passed'
    : (refused ??
      (hasAny(request, config.noCache)
        ? 'request-says-no'
        : freshUntilS === nowS && validUntilS === undefined
          ? 'no-lifetime'
          : 'stored'))
  // What nginx may keep, it may also shorten to a 304 or a part.
  const isFree = fetch.mayStore && refused === undefined
  const delivery = isFree ? forReader(request, object) : { status, object, ageS: undefined }
  if (storing === 'stored') return { state: put(state, object), storing, delivery }
  const isNoted =
    fetch.outcome === 'bypass' && storing !== 'request-says-no' && validUntilS !== undefined
  return { state: isNoted ? lengthenFailure(state, fetch, freshUntilS) : state, storing, delivery }
}

/**
 * An answer past the cache that is not stored leaves its time, and nothing else, in the place where
 * a failure may be remembered: that failure lasts as long now (nginx 1.26, `ngx_http_file_cache_free`).
 */
const lengthenFailure = (state: CacheState, { key }: Fetch, freshUntilS: number): CacheState => ({
  ...state,
  objects: state.objects.map((one) =>
    one.kind === 'error' && one.key === key
      ? { ...one, freshUntilS, keptUntilS: freshUntilS }
      : one,
  ),
})

/** Of a variant that turned out to be another, the URL's own file is written. */
function keyFor({ key, request }: Fetch, headers: Headers): string {
  const isVariant = key !== request.url
  if (!isVariant || (headers.vary && variantKey(request.url, headers.vary, request) === key))
    return key
  return request.url
}

/** 304: the old answer lives on, as long as the 304 says, or as it said itself. */
export function storeUnchanged(
  config: NginxCacheConfig,
  state: CacheState,
  fetch: Fetch,
  stale: CachedObject,
  said: Headers,
  nowS: number,
): Stored {
  const byNew = saidBy(said, config.ignore, nowS)
  const times = byNew.validUntilS === undefined ? saidBy(stale.headers, config.ignore, nowS) : byNew
  const lifeS = validFor(config, stale.status)
  const delivery = forReader(fetch.request, stale)
  if (lifeS === 0 && times.validUntilS === undefined)
    return { state, storing: 'no-lifetime', delivery }
  const freshUntilS = times.validUntilS ?? nowS + lifeS
  const object: CachedObject = {
    ...stale,
    ...{ key: fetch.key, storedS: nowS, freshUntilS, keptUntilS: nowS + config.inactiveS },
    ...{ graceUntilS: times.updatingS ? freshUntilS + times.updatingS : -Infinity },
    ...{ errorUntilS: times.errorS ? freshUntilS + times.errorS : -Infinity },
  }
  return { state: put(state, object), storing: 'stored-again', delivery }
}

/** A dead origin: nginx's own 502, which `proxy_cache_valid` may let it remember. */
export function storeFailure(
  config: NginxCacheConfig,
  state: CacheState,
  fetch: Fetch,
  nowS: number,
): Stored {
  const delivery = { status: 502, object: undefined, ageS: undefined }
  // Past the cache (bypass) there is no place in it where the failure could be noted.
  const lifeS = fetch.mayStore && fetch.outcome !== 'bypass' ? validFor(config, 502) : 0
  if (lifeS === 0) return { state, storing: 'failed', delivery }
  const object: CachedObject = {
    ...{ kind: 'error', id: fetch.id, url: fetch.request.url, key: fetch.key, status: 502 },
    ...{ headers: {}, varies: {}, bornS: nowS, storedS: nowS, freshUntilS: nowS + lifeS },
    ...{ graceUntilS: -Infinity, errorUntilS: -Infinity, keptUntilS: nowS + lifeS },
  }
  // The file stays below it, and is found again when the failure is forgotten.
  return { state: { ...state, objects: [object, ...state.objects] }, storing: 'stored', delivery }
}

const put = (state: CacheState, object: CachedObject): CacheState => ({
  ...state,
  objects: [object, ...state.objects.filter(({ key }) => key !== object.key)],
})

const without = (headers: Headers, name: string): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([other]) => other !== name))
