import { isRead, namesIn, type CacheRequest, type Headers } from './message.ts'
import type { Reason, Storing } from './shared-cache.ts'

/** Parameters of varnishd, seconds. https://varnish-cache.org/docs/7.7/reference/varnishd.html */
export interface VarnishConfig {
  readonly defaultTtlS: number
  readonly defaultGraceS: number
  readonly defaultKeepS: number
  /** How long an answer is remembered as uncacheable: written in the built-in VCL, no parameter. */
  readonly uncacheableTtlS: number
}

export const varnishDefaults: VarnishConfig = {
  defaultTtlS: 120,
  defaultGraceS: 10,
  defaultKeepS: 0,
  uncacheableTtlS: 120,
}

/** The built-in `vcl_recv`: what is not even looked up. */
export function passes(request: CacheRequest): Reason | undefined {
  if (!isRead(request)) return 'method'
  if (request.headers.authorization !== undefined) return 'authorization'
  if (request.headers.cookie !== undefined) return 'cookie'
  return undefined
}

/** Seconds from the answer's birth, by which Varnish reckons; `ttl` below 0: no lifetime. */
export interface Lifetimes {
  readonly ttlS: number
  readonly graceS: number
  readonly keepS: number
}

const likeOk = [200, 203, 204, 300, 301, 304, 404, 410, 414]
const onlyIfTold = [302, 307]

/** How long an answer lives: RFC 9111 §4.2.1 and RFC 5861 §3, in Varnish's reading. */
export function lifetimesOf(status: number, headers: Headers, config: VarnishConfig): Lifetimes {
  const control = headers['cache-control']
  const told = secondsOf(control, 's-maxage') ?? secondsOf(control, 'max-age')
  const untold = likeOk.includes(status) ? config.defaultTtlS : -1
  const isKnown = likeOk.includes(status) || onlyIfTold.includes(status)
  const ttlS = isKnown ? (told ?? untold) : -1
  const swr = ttlS >= 0 ? secondsOf(control, 'stale-while-revalidate') : undefined
  return { ttlS, graceS: swr ?? config.defaultGraceS, keepS: config.defaultKeepS }
}

/** The value of a directive; what is no number counts as 0. */
export function secondsOf(control: string | undefined, name: string): number | undefined {
  for (const part of (control ?? '').split(',')) {
    const [key = '', value] = part.trim().split('=')
    if (key.toLowerCase() === name && value !== undefined)
      return /^\d+$/.test(value) ? Number(value) : 0
  }
  return undefined
}

/** `Age`, in whole seconds. */
export const ageOf = (headers: Headers): number =>
  /^\d+$/.test(headers.age ?? '') ? Number(headers.age) : 0

/** The built-in `vcl_backend_response`: why an answer is remembered as uncacheable. */
export function refusal(headers: Headers, leftS: number): Storing | undefined {
  if (leftS <= 0) return 'no-lifetime'
  if (headers['set-cookie'] !== undefined) return 'set-cookie'
  if (/no-cache|no-store|private/i.test(headers['cache-control'] ?? '')) return 'cache-control'
  if (headers.vary === '*') return 'vary-star'
  return undefined
}

/** The named headers as this request has them; absent is not the same as empty. */
export const variesOf = (vary: string | undefined, { headers }: CacheRequest) =>
  Object.fromEntries(
    namesIn(vary)
      .filter((name) => name !== '*')
      .map((name) => [name, headers[name]]),
  )
