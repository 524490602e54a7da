/** `Cache-Control` as a map: `max-age=60, public` is { 'max-age': 60, public: true }. */
export type Directives = Readonly<Record<string, number | true>>

/** An answer of the origin, and what it was asked. */
export interface Response {
  readonly status: number
  readonly control: Directives
  /** Seconds that it had lived when it arrived here: its `Age`. */
  readonly age: number
  /** The request carried `Authorization`. */
  readonly wasAuthorized: boolean
}

/** How the origin is at this moment. */
export type Origin = 'well' | 'failing'

/** `use`: out of the cache. `use-and-refresh`: the same, and the origin is asked behind it. */
export type Decision = 'use' | 'use-and-refresh' | 'ask'

/** May a cache that everybody shares store this at all? RFC 9111 §3 and §3.5. */
export function mayStore(response: Response): boolean {
  // TODO: not what is private, not every status, not what was asked with Authorization …
  // Where the RFC says "may", either answer is right.
  return response.status > 0
}

/** Seconds for which it is fresh, from its birth at the origin. RFC 9111 §4.2.1. */
export function lifetime(response: Response): number {
  // TODO: what the origin says, and what it says to shared caches before all.
  return response.status > 0 ? 60 : 0
}

/** May it be served `staleFor` seconds after its freshness ended? RFC 9111 §4.2.4, RFC 5861. */
export function mayServeStale(response: Response, staleFor: number, origin: Origin): boolean {
  // TODO: only if the origin allows it: while it is asked anew, or while it fails.
  // Four words forbid it in a shared cache; one of them is `s-maxage`.
  return response.status > 0 && staleFor < 0 && origin === 'failing'
}

/** What to do with a request, `storedFor` seconds after this was stored. */
export function decide(response: Response, storedFor: number, origin: Origin): Decision {
  // TODO: an answer may have been old when it came; no-cache; stale.
  if (storedFor < lifetime(response)) return 'use'
  return mayServeStale(response, storedFor - lifetime(response), origin) ? 'use-and-refresh' : 'ask'
}
