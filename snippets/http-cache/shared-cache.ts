import type { CacheRequest, Headers, OriginAnswer } from './message.ts'

// One shared cache over time. Time is always an argument: seconds, from any beginning; since 1970
// where headers hold dates (`Expires`, `Last-Modified`).

/** One answer that the cache keeps, or (`hit-for-miss`, `error`) what it remembers of one. */
export interface CachedObject {
  readonly kind: 'answer' | 'hit-for-miss' | 'error'
  /** The number of the fetch that brought its body. */
  readonly id: number
  readonly url: string
  /** The headers that `Vary` names, as the first request had them. */
  readonly varies: Readonly<Record<string, string | undefined>>
  /** nginx: the file in which it lies. */
  readonly key: string
  readonly status: number
  readonly headers: Headers
  /** When its `Age` was 0. */
  readonly bornS: number
  readonly storedS: number
  /** Until then it is served without a question. */
  readonly freshUntilS: number
  /** Until then it is served stale while a new one is fetched. */
  readonly graceUntilS: number
  /** Until then it is served stale if the origin fails. */
  readonly errorUntilS: number
  /** Until then it is there at all: to ask "has this changed?" */
  readonly keptUntilS: number
}

/** A question that is on its way to the origin. */
export interface Fetch {
  readonly id: number
  readonly request: CacheRequest
  /** Its answer may be stored: not so for what the cache passes on. */
  readonly mayStore: boolean
  /** A reader waits for it; else it is made behind a stale answer. */
  readonly isBackground: boolean
  /** Others who want the same wait for it. */
  readonly isAwaited: boolean
  readonly key: string
  readonly outcome: Outcome
  /** What is asked about with `If-None-Match`, or served if the origin fails. */
  readonly stale: CachedObject | undefined
  readonly etag: string | undefined
  /** What is asked about with `If-Modified-Since`. */
  readonly since: string | undefined
  readonly mayServeStale: boolean
  /** nginx: so long others wait for it. */
  readonly lockedUntilS: number
}

export type Outcome =
  | 'hit'
  | 'stale'
  | 'miss'
  | 'expired'
  | 'revalidated'
  | 'pass'
  | 'bypass'
  | 'hit-for-miss'
  | 'waiting'

/** Why, for an explanation in words. */
export type Reason =
  | 'method'
  | 'cookie'
  | 'authorization'
  | 'bypass'
  | 'fresh'
  | 'nothing-stored'
  | 'other-variant'
  | 'in-grace'
  | 'being-fetched'
  | 'too-old'
  | 'uncacheable-before'
  | 'origin-failed'
  | 'not-modified'

/** Why an answer was not stored, or that it was. */
export type Storing =
  | 'stored'
  | 'stored-again'
  | 'hit-for-miss'
  | 'passed'
  | 'no-lifetime'
  | 'set-cookie'
  | 'cache-control'
  | 'expired-already'
  | 'x-accel-expires'
  | 'surrogate-control'
  | 'vary-star'
  | 'request-says-no'
  | 'failed'
  | 'stale-kept'

export interface CacheState {
  /** The latest first. */
  readonly objects: readonly CachedObject[]
  readonly fetches: readonly Fetch[]
  readonly waiting: readonly Waiting[]
  readonly asked: number
}

/**
 * Somebody who waits for another's fetch. The engine tests send one request at a time, so this part
 * stands by the manuals and by single trials, as does `HEAD`.
 */
export interface Waiting {
  readonly request: CacheRequest
  readonly sinceS: number
  /** The reader's own mark, to tell who was woken. */
  readonly reader: number
}

export const emptyCache: CacheState = { objects: [], fetches: [], waiting: [], asked: 0 }

/** What a reader gets. `status` 502 and 503 without an object are the cache's own words. */
export interface Delivery {
  readonly status: number
  readonly object: CachedObject | undefined
  /** Seconds, as in `Age`; undefined where the cache sends none of its own. */
  readonly ageS: number | undefined
}

export interface Asked {
  readonly state: CacheState
  readonly outcome: Outcome
  readonly reason: Reason
  /** At once, out of the cache. */
  readonly delivery: Delivery | undefined
  readonly fetch: Fetch | undefined
}

export interface Answered {
  readonly state: CacheState
  readonly outcome: Outcome
  readonly reason: Reason
  readonly storing: Storing
  /** To the reader who waited for this fetch; nobody sees it of one in the background. */
  readonly delivery: Delivery
  /** They ask again now. */
  readonly woken: readonly Waiting[]
}

/** Those who have waited long enough, and what each of them asks the origin now. */
export interface Impatient {
  readonly state: CacheState
  readonly gone: readonly { readonly waiting: Waiting; readonly fetch: Fetch }[]
}

/** How one program does it. */
export interface SharedCache {
  /** To be called as time passes: who waits goes on alone when its time is over. */
  impatient(state: CacheState, nowS: number): Impatient
  ask(state: CacheState, request: CacheRequest, reader: number, nowS: number): Asked
  answered(state: CacheState, fetch: Fetch, answer: OriginAnswer, nowS: number): Answered
}

/** What all fetches begin with. */
export const newFetch = (
  state: CacheState,
  request: CacheRequest,
  outcome: Outcome,
  more: Partial<Fetch> = {},
): Fetch => ({
  id: state.asked + 1,
  request,
  outcome,
  mayStore: true,
  isBackground: false,
  isAwaited: false,
  key: request.url,
  stale: undefined,
  etag: undefined,
  since: undefined,
  mayServeStale: false,
  lockedUntilS: Infinity,
  ...more,
})

export const withFetch = (state: CacheState, fetch: Fetch): CacheState => ({
  ...state,
  asked: fetch.id,
  fetches: [...state.fetches, fetch],
})
