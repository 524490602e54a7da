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
export function mayStore({ status, control, wasAuthorized }: Response): boolean {
  if (control['no-store'] || control.private) return false
  // The standard allows a failure that has a lifetime; this cache would rather ask again.
  if (status >= 500 || status === 206) return false
  const isForAll = control.public || control['must-revalidate'] || 's-maxage' in control
  if (wasAuthorized && !isForAll) return false
  // Without a word about its lifetime this cache keeps nothing, though for some statuses it might.
  return 's-maxage' in control || 'max-age' in control
}

/** Seconds for which it is fresh, from its birth at the origin. RFC 9111 §4.2.1. */
export function lifetime({ control }: Response): number {
  const seconds = control['s-maxage'] ?? control['max-age']
  return typeof seconds === 'number' ? seconds : 0
}

/** May it be served `staleFor` seconds after its freshness ended? RFC 9111 §4.2.4, RFC 5861. */
export function mayServeStale({ control }: Response, staleFor: number, origin: Origin): boolean {
  // To a shared cache s-maxage says proxy-revalidate, too: RFC 9111 §5.2.2.10.
  const mustAsk = ['no-cache', 'must-revalidate', 'proxy-revalidate', 's-maxage']
  if (mustAsk.some((name) => name in control)) return false
  const name = origin === 'well' ? 'stale-while-revalidate' : 'stale-if-error'
  const seconds = control[name]
  return typeof seconds === 'number' && staleFor <= seconds
}

/** What to do with a request, `storedFor` seconds after this was stored. */
export function decide(response: Response, storedFor: number, origin: Origin): Decision {
  const staleFor = response.age + storedFor - lifetime(response)
  // Fresh while its lifetime is greater than its age.
  if (staleFor < 0 && !response.control['no-cache']) return 'use'
  return mayServeStale(response, Math.max(0, staleFor), origin) ? 'use-and-refresh' : 'ask'
}
