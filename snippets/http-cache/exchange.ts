import type { CacheRequest, OriginAnswer } from './message.ts'
import type {
  CacheState,
  Delivery,
  Fetch,
  Outcome,
  Reason,
  SharedCache,
  Storing,
} from './shared-cache.ts'

/** One request and all that it led to, where the origin answers at once. */
export interface Exchange {
  readonly state: CacheState
  readonly outcome: Outcome
  /** Why the cache did what it did at first. */
  readonly reason: Reason
  readonly delivery: Delivery
  /** What reached the origin. */
  readonly fetch: Fetch | undefined
  readonly storing: Storing | undefined
}

/** `origin` says what it would answer to this question now. */
export function exchange(
  cache: SharedCache,
  state: CacheState,
  request: CacheRequest,
  origin: (fetch: Fetch) => OriginAnswer,
  nowS: number,
): Exchange {
  const asked = cache.ask(state, request, 0, nowS)
  const { outcome, reason, fetch } = asked
  if (!fetch && asked.delivery)
    return { ...asked, outcome, reason, delivery: asked.delivery, storing: undefined }
  if (!fetch) throw new Error('Somebody waits for an origin that answers at once.')
  const answered = cache.answered(asked.state, fetch, origin(fetch), nowS)
  return {
    ...{ state: answered.state, fetch, storing: answered.storing },
    outcome: fetch.isBackground ? outcome : answered.outcome,
    reason: fetch.isBackground || answered.outcome === outcome ? reason : answered.reason,
    delivery: fetch.isBackground && asked.delivery ? asked.delivery : answered.delivery,
  }
}
