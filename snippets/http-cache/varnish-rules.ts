import { secondsOfDate } from './http-date.ts'
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

/** Clocks that differ by less are taken to agree (`clock_skew`). */
const skewS = 10

/** How long an answer lives: RFC 9111 §4.2.1 and RFC 5861 §3, in Varnish's reading. */
export function lifetimesOf(
  status: number,
  headers: Headers,
  config: VarnishConfig,
  nowS: number,
): Lifetimes {
  const control = headers['cache-control']
  const told =
    secondsOf(control, 's-maxage') ?? secondsOf(control, 'max-age') ?? untilExpires(headers, nowS)
  const untold = likeOk.includes(status) ? config.defaultTtlS : -1
  const isKnown = likeOk.includes(status) || onlyIfTold.includes(status)
  const ttlS = isKnown ? (told ?? untold) : -1
  const swr = ttlS >= 0 ? secondsOf(control, 'stale-while-revalidate') : undefined
  return { ttlS, graceS: swr ?? config.defaultGraceS, keepS: config.defaultKeepS }
}

/**
 * By our clock, or by the origin's own where the two differ. What is no date (`0`, `-1`) is as if nothing
 * was said, and so is the first second of 1970, which Varnish cannot tell from it.
 */
function untilExpires({ expires, date }: Headers, nowS: number): number | undefined {
  const expiresS = secondsOfDate(expires)
  const dateS = secondsOfDate(date)
  if (!expiresS) return undefined
  const isOurTime = dateS === undefined || Math.abs(dateS - nowS) < skewS
  if (dateS !== undefined && expiresS < dateS) return 0
  return Math.max(0, expiresS - (isOurTime ? nowS : dateS))
}

/** The value of a directive; what is no number counts as 0. */
export function secondsOf(control: string | undefined, name: string): number | undefined {
  for (const part of (control ?? '').split(',')) {
    const [key = '', value] = part.trim().split('=')
    if (key.toLowerCase() === name && value !== undefined)
      return Number(/^(\d+)(?:\s*$|\.)/.exec(value)?.[1] ?? 0)
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
  const surrogate = headers['surrogate-control']
  if (surrogate === undefined && /no-cache|no-store|private/i.test(headers['cache-control'] ?? ''))
    return 'cache-control'
  if (/no-store/i.test(surrogate ?? '')) return 'surrogate-control'
  if (headers.vary === '*') return 'vary-star'
  return undefined
}

/**
 * The named headers as this request has them; absent is not the same as empty. Compression is
 * Varnish's own affair (`http_gzip_support`): it keeps one page, and unpacks it for whoever needs that.
 */
export const variesOf = (vary: string | undefined, { headers }: CacheRequest) =>
  Object.fromEntries(
    namesIn(vary)
      .filter((name) => name !== '*' && name !== 'accept-encoding')
      .map((name) => [name, headers[name]]),
  )

/** What the origin hears of compression when a page is fetched to be kept, whoever asked. */
export const withGzip = (request: CacheRequest): CacheRequest => ({
  ...request,
  headers: { ...request.headers, 'accept-encoding': 'gzip' },
})

/** By what an old page is asked about; a date counts only if it is older than the page's own `Date`. */
export function validatorsOf(status: number, headers: Headers, storedS: number) {
  const changed = headers['last-modified']
  const changedS = secondsOfDate(changed)
  const isStrong =
    changedS !== undefined && changedS + 1 <= (secondsOfDate(headers.date) ?? storedS)
  return status === 200
    ? { etag: headers.etag, since: isStrong ? changed : undefined }
    : { etag: undefined, since: undefined }
}

/** Whether the reader has it already: then a 200 becomes a 304. A tag outweighs a date. */
export function isKnown(asked: Headers, headers: Headers, bornS: number, nowS: number): boolean {
  const bare = (tag: string) => tag.replace(/^W\//, '')
  const { 'if-none-match': tag, 'if-modified-since': since, range } = asked
  if (tag !== undefined) {
    if (headers.etag === undefined) return false
    if (range !== undefined && /^W\//.test(tag + headers.etag)) return false
    return bare(tag) === bare(headers.etag)
  }
  const sinceS = secondsOfDate(since)
  if (sinceS === undefined || sinceS > nowS) return false
  const changed = headers['last-modified']
  const changedS = changed === undefined ? Math.floor(bornS) : secondsOfDate(changed)
  return changedS !== undefined && changedS <= sinceS
}
