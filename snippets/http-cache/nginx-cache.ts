import { isRead, type CacheRequest, type OriginAnswer } from './message.ts'
import { failureOf, hasAny, variantKey, type NginxCacheConfig } from './nginx-rules.ts'
import { storeAnswer, storeFailure, storeUnchanged } from './nginx-store.ts'
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
} from './shared-cache.ts'

/**
 * nginx 1.26 with `proxy_cache`. Its clock counts whole seconds, and it knows nothing of `Age`.
 * https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache
 */
export const nginxCache = (config: NginxCacheConfig): SharedCache => ({
  ask: (state, request, reader, nowS) => ask(config, state, request, reader, Math.floor(nowS)),
  answered: (state, fetch, answer, nowS) =>
    answered(config, state, fetch, answer, Math.floor(nowS)),
})

function ask(
  config: NginxCacheConfig,
  before: CacheState,
  request: CacheRequest,
  reader: number,
  nowS: number,
): Asked {
  const state = { ...before, objects: before.objects.filter((one) => isThere(one, nowS)) }
  if (!isRead(request))
    return askOrigin(state, newFetch(state, request, 'pass', { mayStore: false }), 'method')
  if (hasAny(request, config.bypass))
    return askOrigin(state, newFetch(state, request, 'bypass'), 'bypass')
  const { key, object } = lookUp(state, request)
  const isBusy = state.fetches.some((one) => one.isAwaited && one.key === key)
  if (!object) {
    if (isBusy && config.lock) {
      const waiting = [...state.waiting, { request, reader }]
      return {
        ...{ state: { ...state, waiting }, outcome: 'waiting', reason: 'being-fetched' },
        ...{ delivery: undefined, fetch: undefined },
      }
    }
    const fetch = newFetch(state, request, 'miss', { key, isAwaited: config.lock })
    return askOrigin(state, fetch, key === request.url ? 'nothing-stored' : 'other-variant')
  }
  if (nowS <= object.freshUntilS) {
    const delivery = deliver(object)
    return { state, outcome: 'hit', reason: 'fresh', delivery, fetch: undefined }
  }
  const mayGoOn = config.useStale.includes('updating') || nowS <= object.graceUntilS
  const more = {
    ...{ key, stale: object, isAwaited: true, mayServeStale: nowS <= object.errorUntilS },
    etag: config.revalidate && object.status === 200 ? object.headers.etag : undefined,
  }
  if (mayGoOn && (isBusy || config.backgroundUpdate)) {
    const fetch = isBusy
      ? undefined
      : newFetch(state, request, 'stale', { ...more, isBackground: true })
    return {
      ...{ state: fetch ? withFetch(state, fetch) : state, outcome: 'stale', fetch },
      ...{ reason: isBusy ? 'being-fetched' : 'in-grace', delivery: deliver(object) },
    }
  }
  return askOrigin(state, newFetch(state, request, 'expired', more), 'too-old')
}

/** The file of the URL; if that holds another variant, the file of this one. */
function lookUp({ objects }: CacheState, request: CacheRequest) {
  const at = (key: string) => objects.find((one) => one.key === key)
  const main = at(request.url)
  if (!main?.headers.vary || main.kind === 'error') return { key: request.url, object: main }
  const wanted = variantKey(request.url, main.headers.vary, request)
  if (variantOf(main) === wanted) return { key: request.url, object: main }
  const other = at(wanted)
  const isIt = other && (other.kind === 'error' || variantOf(other) === wanted)
  return { key: wanted, object: isIt ? other : undefined }
}

const variantOf = ({ url, headers, varies }: CachedObject): string =>
  variantKey(url, headers.vary ?? '', {
    ...{ method: 'GET', url },
    headers: Object.fromEntries(Object.entries(varies).map(([name, value]) => [name, value ?? ''])),
  })

/** A remembered 502 is gone with its time; a file stays until nobody has asked for long. */
const isThere = ({ kind, freshUntilS, keptUntilS }: CachedObject, nowS: number): boolean =>
  kind === 'error' ? nowS <= freshUntilS : nowS < keptUntilS

const askOrigin = (state: CacheState, fetch: Fetch, reason: Asked['reason']): Asked => ({
  ...{ state: withFetch(state, fetch), outcome: fetch.outcome, reason },
  ...{ delivery: undefined, fetch },
})

/** The stored `Age` is sent as it came: nginx adds nothing to it. */
const deliver = (object: CachedObject): Delivery => ({
  ...{ status: object.status, object: object.kind === 'error' ? undefined : object },
  ageS: undefined,
})

function answered(
  config: NginxCacheConfig,
  before: CacheState,
  fetch: Fetch,
  answer: OriginAnswer,
  nowS: number,
): Answered {
  const woken = fetch.isAwaited
    ? before.waiting.filter(({ request }) => lookUp(before, request).key === fetch.key)
    : []
  const state = {
    ...before,
    fetches: before.fetches.filter(({ id }) => id !== fetch.id),
    waiting: before.waiting.filter((one) => !woken.includes(one)),
  }
  const failure = answer.kind === 'dead' ? 'error' : failureOf(answer.status)
  // `stale-if-error` is for an origin that says nothing: an error page of its own is passed on.
  const mayServeStale =
    (failure === 'error' && fetch.mayServeStale) || (failure && config.useStale.includes(failure))
  if (failure && fetch.stale && mayServeStale)
    return {
      ...{ state, outcome: 'stale', reason: 'origin-failed', storing: 'stale-kept', woken },
      delivery: deliver(fetch.stale),
    }
  const isSame = answer.kind === 'answer' && answer.status === 304 && fetch.etag !== undefined
  const stored =
    answer.kind === 'dead'
      ? storeFailure(config, state, fetch, nowS)
      : isSame && fetch.stale
        ? storeUnchanged(config, state, fetch, fetch.stale, answer.headers, nowS)
        : storeAnswer(config, state, fetch, answer, nowS)
  return {
    ...{ woken, outcome: isSame ? 'revalidated' : fetch.outcome },
    reason: isSame ? 'not-modified' : answer.kind === 'dead' ? 'origin-failed' : 'nothing-stored',
    ...stored,
  }
}
