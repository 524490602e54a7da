// Goes through the directives one by one.
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

export function mayStore(response: Response): boolean {
  let isForAll = false
  let isTold = false
  for (const name of Object.keys(response.control))
    switch (name) {
      case 'private':
      case 'no-store':
        return false
      case 'public':
      case 'must-revalidate':
        isForAll = true
        break
      case 's-maxage':
        isForAll = true
        isTold = true
        break
      case 'max-age':
        isTold = true
    }
  if (response.wasAuthorized && !isForAll) return false
  return isTold && response.status < 500 && response.status !== 206
}

export function lifetime({ control }: Response): number {
  for (const name of ['s-maxage', 'max-age']) {
    const value = control[name]
    if (value !== undefined) return Number(value)
  }
  return 0
}

export function mayServeStale({ control }: Response, staleFor: number, origin: Origin): boolean {
  for (const name of ['no-cache', 'must-revalidate', 'proxy-revalidate', 's-maxage'])
    if (control[name] !== undefined) return false
  if (origin === 'failing') return staleFor <= Number(control['stale-if-error'] ?? -1)
  return staleFor <= Number(control['stale-while-revalidate'] ?? -1)
}

export function decide(response: Response, storedFor: number, origin: Origin): Decision {
  const left = lifetime(response) - response.age - storedFor
  if (response.control['no-cache']) return 'ask'
  if (left > 0) return 'use'
  if (mayServeStale(response, -left, origin)) return 'use-and-refresh'
  return 'ask'
}
