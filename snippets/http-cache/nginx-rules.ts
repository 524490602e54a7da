import { namesIn, type CacheRequest, type Headers } from './message.ts'

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
export type Ignored = 'Cache-Control' | 'Set-Cookie' | 'Vary'

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
  revalidate: false,
  ignore: [],
  bypass: [],
  noCache: [],
}

/** How long a file nobody asks for is kept: `inactive` of `proxy_cache_path`. */
export const inactiveS = 600

/** What an answer's headers say to nginx. Seconds; `undefined`: nothing said. */
export interface Said {
  readonly validS: number | undefined
  readonly updatingS: number
  readonly errorS: number
  readonly refused: 'cache-control' | 'set-cookie' | 'vary-star' | undefined
}

/** A number is read up to the next comma, semicolon or space; anything else in it spoils it. */
function secondsOf(control: string, name: string): number | 'spoiled' | undefined {
  const at = control.toLowerCase().indexOf(`${name}=`)
  if (at < 0) return undefined
  const value = /^[^,; ]*/.exec(control.slice(at + name.length + 1))![0]
  return /^\d*$/.test(value) ? Number(value) : 'spoiled'
}

export function saidBy(headers: Headers, ignore: readonly Ignored[]): Said {
  const control = ignore.includes('Cache-Control') ? '' : (headers['cache-control'] ?? '')
  const refused = refusal(headers, ignore)
  const nothing = { validS: undefined, updatingS: 0, errorS: 0 }
  if (/no-cache|no-store|private/i.test(control)) return { ...nothing, refused: 'cache-control' }
  const validS = secondsOf(control, 's-maxage') ?? secondsOf(control, 'max-age')
  const updatingS = secondsOf(control, 'stale-while-revalidate') ?? 0
  // Who may be served stale while it is fetched may be so when the fetch fails, unless told otherwise.
  const errorS = secondsOf(control, 'stale-if-error') ?? updatingS
  if (validS === 0 || validS === 'spoiled' || updatingS === 'spoiled' || errorS === 'spoiled')
    return { ...nothing, refused: 'cache-control' }
  return { validS, updatingS, errorS, refused }
}

/** nginx has 128 bytes for `Vary`. */
const longestVary = 128

function refusal(headers: Headers, ignore: readonly Ignored[]): Said['refused'] {
  if (headers['set-cookie'] !== undefined && !ignore.includes('Set-Cookie')) return 'set-cookie'
  if (ignore.includes('Vary') || headers.vary === undefined) return undefined
  return headers.vary === '*' || headers.vary.length > longestVary ? 'vary-star' : undefined
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
