/** A request, and the answer that is ready for it. */
interface Exchange {
  readonly method: string
  /** Without the query: `/topics/3`. */
  readonly path: string
  readonly status: number
  /** Of the request. */
  readonly headers: Headers
  /** Whose page it is, known by cookie or by Authorization; undefined: it greets nobody. */
  readonly user: string | undefined
  /** The answer gives the visitor a cookie. */
  readonly setsCookie: boolean
}

/** Headers of the answer. What you do not name stays as Teahouse says it. */
export function cachePolicy(answer: Exchange): Record<string, string> {
  // TODO task 1: pages for everybody may be kept for 2 to 5 s; pages for one person, never.
  // TODO task 3: and what is asked for most often?
  void answer
  return { 'Cache-Control': 'no-store' }
}

/** What has been written. */
type Change =
  | { readonly kind: 'topic' | 'reply'; readonly topic: number }
  | { readonly kind: 'picture'; readonly user: string }

/** A request that Teahouse sends to a cache when something has changed. */
interface Notice {
  readonly method: string
  readonly url: string
  readonly headers?: Record<string, string>
}

/** One round after the other; the notices of a round leave at the same time. */
export function noticesOf(change: Change): Notice[][] {
  // TODO task 4: for instance [[{ method: 'PURGE', url: 'http://varnish/topics/3' }]]
  void change
  return []
}
