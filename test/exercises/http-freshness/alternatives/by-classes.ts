// A class that knows its directives.
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

class Control {
  readonly #words: Directives
  constructor(words: Directives) {
    this.#words = words
  }
  says(name: string): boolean {
    return Object.hasOwn(this.#words, name)
  }
  seconds(name: string): number | undefined {
    const value = this.#words[name]
    return value === true ? undefined : value
  }
}

export function mayStore({ status, control: words, wasAuthorized }: Response): boolean {
  const control = new Control(words)
  const isForbidden = control.says('no-store') || control.says('private')
  const isShared = ['public', 'must-revalidate', 's-maxage'].some((name) => control.says(name))
  const hasLifetime = control.says('max-age') || control.says('s-maxage')
  const isWhole = status !== 206 && Math.floor(status / 100) !== 5
  return !isForbidden && hasLifetime && isWhole && (isShared || !wasAuthorized)
}

export function lifetime({ control: words }: Response): number {
  const control = new Control(words)
  return control.seconds('s-maxage') ?? control.seconds('max-age') ?? 0
}

export function mayServeStale(response: Response, staleFor: number, origin: Origin): boolean {
  const control = new Control(response.control)
  const isStrict = ['must-revalidate', 'proxy-revalidate', 's-maxage', 'no-cache'].some((name) =>
    control.says(name),
  )
  const most = control.seconds(origin === 'well' ? 'stale-while-revalidate' : 'stale-if-error')
  return !isStrict && most !== undefined && staleFor <= most
}

export function decide(response: Response, storedFor: number, origin: Origin): Decision {
  const over = response.age + storedFor - lifetime(response)
  if (over < 0 && !new Control(response.control).says('no-cache')) return 'use'
  return mayServeStale(response, over, origin) ? 'use-and-refresh' : 'ask'
}
