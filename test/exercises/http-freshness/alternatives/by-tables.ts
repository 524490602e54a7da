// The rules as lists of words that forbid or allow.
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

const has = (control: Directives, ...names: readonly string[]) =>
  names.some((name) => control[name] !== undefined)

const seconds = (control: Directives, ...names: readonly string[]) =>
  names.map((name) => control[name]).find((value) => typeof value === 'number')

export const mayStore = ({ status, control, wasAuthorized }: Response): boolean =>
  !has(control, 'private', 'no-store') &&
  has(control, 's-maxage', 'max-age') &&
  (!wasAuthorized || has(control, 'public', 's-maxage', 'must-revalidate')) &&
  [200, 203, 204, 300, 301, 302, 304, 307, 308, 404, 405, 410, 414, 451].includes(status)

export const lifetime = ({ control }: Response): number =>
  seconds(control, 's-maxage', 'max-age') ?? 0

export const mayServeStale = ({ control }: Response, staleFor: number, origin: Origin): boolean =>
  !has(control, 'must-revalidate', 'proxy-revalidate', 's-maxage', 'no-cache') &&
  staleFor <=
    (seconds(control, { well: 'stale-while-revalidate', failing: 'stale-if-error' }[origin]) ?? -1)

export function decide(response: Response, storedFor: number, origin: Origin): Decision {
  const age = response.age + storedFor
  const isFresh = lifetime(response) > age && !has(response.control, 'no-cache')
  if (isFresh) return 'use'
  const allowed = mayServeStale(response, age - lifetime(response), origin)
  return allowed ? 'use-and-refresh' : 'ask'
}
