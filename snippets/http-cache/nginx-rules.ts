import { namesIn, type CacheRequest } from './message.ts'

/** `proxy_cache_use_stale`. https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache_use_stale */
export type UseStale =
  | 'error'
  | 'updating'
  | 'http_500'
  | 'http_502'
  | 'http_503'
  | 'http_504'
  | 'http_403'
  | 'http_404'
  | 'http_429'

/** `proxy_ignore_headers`. */
export type Ignored = 'Cache-Control' | 'Expires' | 'X-Accel-Expires' | 'Set-Cookie' | 'Vary'

/** `proxy_cache_valid CODES SECONDS`. */
export interface Valid {
  /** `any`, or codes; without codes nginx means 200, 301 and 302. */
  readonly codes: 'any' | readonly number[]
  readonly seconds: number
}

export interface NginxCacheConfig {
  readonly valid: readonly Valid[]
  readonly useStale: readonly UseStale[]
  readonly backgroundUpdate: boolean
  readonly lock: boolean
  /** So long a reader waits at the lock; then it goes on alone, and what it gets is not stored. */
  readonly lockTimeoutS: number
  /** So long one fetch holds the lock; then one more reader may go. */
  readonly lockAgeS: number
  /** How long a file that nobody asks for is kept: `inactive` of `proxy_cache_path`. */
  readonly inactiveS: number
  readonly revalidate: boolean
  readonly ignore: readonly Ignored[]
  /** Headers of a request for which the cache is not asked: `proxy_cache_bypass $http_cookie`. */
  readonly bypass: readonly string[]
  /** Headers of a request whose answer is not stored: `proxy_no_cache $http_cookie`. */
  readonly noCache: readonly string[]
}

/** `proxy_cache` and nothing else: nginx's defaults. */
export const nginxCacheDefaults: NginxCacheConfig = {
  valid: [],
  useStale: [],
  backgroundUpdate: false,
  lock: false,
  ...{ lockTimeoutS: 5, lockAgeS: 5, inactiveS: 600 },
  revalidate: false,
  ignore: [],
  bypass: [],
  noCache: [],
}

/** `proxy_cache_valid`: the first line that names the status. */
export const validFor = ({ valid }: NginxCacheConfig, status: number): number =>
  valid.find(({ codes }) => codes === 'any' || codes.includes(status))?.seconds ?? 0

/** Spaces and commas only part the words of a header: `en, de` is `en,de`. */
const wordsOf = (value: string | undefined): string =>
  (value ?? '').split(/[ ,]+/).filter(Boolean).join()

/** The second key, of an answer that varies. */
export const variantKey = (url: string, vary: string, { headers }: CacheRequest): string =>
  [url, ...namesIn(vary).map((name) => `${name}: ${wordsOf(headers[name])}`)].join('\n')

/** A variable of `proxy_cache_bypass` counts when it is neither empty nor 0. */
export const hasAny = ({ headers }: CacheRequest, names: readonly string[]): boolean =>
  names.some((name) => headers[name] !== undefined && !['', '0'].includes(headers[name]))

/** Answers that `proxy_cache_use_stale` can name. */
const failures: Readonly<Record<number, UseStale>> = {
  500: 'http_500',
  502: 'http_502',
  503: 'http_503',
  504: 'http_504',
  403: 'http_403',
  404: 'http_404',
  429: 'http_429',
}

export const failureOf = (status: number): UseStale | undefined => failures[status]
