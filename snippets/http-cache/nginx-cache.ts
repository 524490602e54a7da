import { isRead, type CacheRequest, type OriginAnswer } from './message.ts'
import { secondsOfDate } from './http-date.ts'
import { forReader } from './nginx-reader.ts'
import { failureOf, hasAny, variantKey, type NginxCacheConfig } from './nginx-rules.ts'
import { storeAnswer, storeFailure, storeUnchanged } from './nginx-store.ts'
import {
  newFetch,
  withFetch,
  type Answered,
  type Asked,
  type CachedObject,
  type CacheState,
  type Fetch,
  type Impatient,
  type SharedCache,
} from './shared-cache.ts'

/**
 * nginx 1.26 with `proxy_cache`. Its clock counts whole seconds, and it knows nothing of `Age`.
 * https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache
 */
export const nginxCache = (config: NginxCacheConfig): SharedCache => ({
  ask: (state, request, reader, nowS) => ask(config, state, request, reader, nowS),
  answered: (state, fetch, answer, nowS) =>
    answered(config, state, fetch, answer, Math.floor(nowS)),
  impatient: (state, nowS) => impatient(config, state, nowS),
})

function ask(
  config: NginxCacheConfig,
  before: CacheState,
  request: CacheRequest,
  reader: number,
  exactS: number,
): Asked {
  const nowS = Math.floor(exactS)
  const here = { ...before, objects: before.objects.filter((one) => isThere(one, nowS)) }
  if (!isRead(request)) {
    // What the reader asks about is heard at the origin only here: else nginx asks for itself.
    const { 'if-none-match': etag, 'if-modified-since': since } = request.headers
    const fetch = newFetch(here, request, 'pass', { mayStore: false, etag, since })
    return askOrigin(here, fetch, 'method')
  }
  if (hasAny(request, config.bypass))
    return askOrigin(here, newFetch(here, request, 'bypass'), 'bypass')
  const { key, object } = lookUp(here, request)
  const state = askedFor(here, [request.url, key], nowS + config.inactiveS)
  const busy = state.fetches.filter((one) => one.isAwaited && one.key === key)
  const isBusy = busy.length > 0
  if (!object) {
    if (config.lock && busy.some(({ lockedUntilS }) => exactS < lockedUntilS)) {
      const waiting = [...state.waiting, { request, reader, sinceS: exactS }]
      return {
        ...{ state: { ...state, waiting }, outcome: 'waiting', reason: 'being-fetched' },
        ...{ delivery: undefined, fetch: undefined },
      }
    }
    const lockedUntilS = exactS + config.lockAgeS
    const fetch = newFetch(state, request, 'miss', { key, isAwaited: config.lock, lockedUntilS })
    return askOrigin(state, fetch, key === request.url ? 'nothing-stored' : 'other-variant')
  }
  if (nowS <= object.freshUntilS) {
    const delivery = forReader(request, object)
    return { state, outcome: 'hit', reason: 'fresh', delivery, fetch: undefined }
  }
  const mayGoOn = config.useStale.includes('updating') || nowS <= object.graceUntilS
  const more = {
    ...{ key, stale: object, isAwaited: true, mayServeStale: nowS <= object.errorUntilS },
    ...(config.revalidate ? validatorsOf(object) : {}),
  }
  if (mayGoOn && (isBusy || config.backgroundUpdate)) {
    const fetch = isBusy
      ? undefined
      : newFetch(state, request, 'stale', { ...more, isBackground: true })
    return {
      ...{ state: fetch ? withFetch(state, fetch) : state, outcome: 'stale', fetch },
      ...{ reason: isBusy ? 'being-fetched' : 'in-grace', delivery: forReader(request, object) },
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

/** By what an old page is asked about; a date that nobody can read is none. */
function validatorsOf({ status, headers }: CachedObject): Pick<Fetch, 'etag' | 'since'> {
  const isWhole = status === 200 || status === 206
  const changed = headers['last-modified']
  const since = secondsOfDate(changed) === undefined ? undefined : changed
  return isWhole ? { etag: headers.etag, since } : { etag: undefined, since: undefined }
}

/** Whoever asks for a file, and be it for a hit, lengthens its stay. */
const askedFor = (state: CacheState, keys: readonly string[], keptUntilS: number): CacheState => ({
  ...state,
  objects: state.objects.map((one) =>
    keys.includes(one.key) && one.kind !== 'error' ? { ...one, keptUntilS } : one,
  ),
})

/** At the lock: one may go when its holder has had it too long; the others at their own time. */
function impatient(config: NginxCacheConfig, before: CacheState, nowS: number): Impatient {
  let state = before
  const gone: Impatient['gone'][number][] = []
  for (const waiting of before.waiting) {
    const { key } = lookUp(state, waiting.request)
    const isHeld = state.fetches.some(
      (one) => one.isAwaited && one.key === key && nowS < one.lockedUntilS,
    )
    const isOver = nowS >= waiting.sinceS + config.lockTimeoutS
    if (isHeld && !isOver) continue
    const more = isOver
      ? { key, mayStore: false }
      : { key, isAwaited: true, lockedUntilS: nowS + config.lockAgeS }
    const fetch = newFetch(state, waiting.request, 'miss', more)
    state = withFetch({ ...state, waiting: state.waiting.filter((one) => one !== waiting) }, fetch)
    gone.push({ waiting, fetch })
  }
  return { state, gone }
}

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
      delivery: forReader(fetch.request, fetch.stale),
    }
  const isSame = answer.kind === 'answer' && answer.status === 304 && config.revalidate
  const stored =
    answer.kind === 'dead'
      ? storeFailure(config, state, fetch, nowS)
      : isSame && fetch.stale
        ? storeUnchanged(config, state, fetch, fetch.stale, answer.headers, nowS)
        : storeAnswer(config, state, fetch, answer, nowS)
  return {
    ...{ woken, outcome: isSame && fetch.stale ? 'revalidated' : fetch.outcome },
    reason:
      isSame && fetch.stale
        ? 'not-modified'
        : answer.kind === 'dead'
          ? 'origin-failed'
          : 'nothing-stored',
    ...stored,
  }
}
