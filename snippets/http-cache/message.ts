/** By name, in lower case. */
export type Headers = Readonly<Record<string, string>>

export interface CacheRequest {
  readonly method: string
  /** Path and query; the host is the same for all. */
  readonly url: string
  readonly headers: Headers
}

/** What the origin says to one question; `dead`: it refuses the connection, or hangs up. */
export type OriginAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: Headers }
  | { readonly kind: 'dead' }

/** The names in a `Vary`, in lower case and in their order. */
export const namesIn = (vary: string | undefined): readonly string[] =>
  (vary ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean)

/** `GET` and `HEAD` ask for something; all others may change it. */
export const isRead = ({ method }: CacheRequest): boolean => method === 'GET' || method === 'HEAD'
