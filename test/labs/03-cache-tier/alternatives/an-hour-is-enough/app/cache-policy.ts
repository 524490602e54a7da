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

// region policy
const forEveryone = 'public, s-maxage=5, max-age=0'

/** Headers of the answer. What you do not name stays as Teahouse says it. */
export function cachePolicy(answer: Exchange): Record<string, string> {
  const { method, path, status, headers, user, setsCookie } = answer
  const isPersonal =
    user !== undefined ||
    setsCookie ||
    headers.has('authorization') ||
    /^\/(?:me|cup|whoami|healthz)(?:\/|$)/.test(path)
  if (isPersonal || !['GET', 'HEAD'].includes(method))
    return { 'Cache-Control': 'private, no-store' }

  // A new picture or stylesheet has a new address (?v=), so an old one may be kept for a year.
  if (status === 200 && /^\/(?:public|avatars)\//.test(path))
    return { 'Cache-Control': 'public, max-age=3600' }

  if (status === 404) return { 'Cache-Control': 'public, s-maxage=60', Vary: 'Accept-Language' }
  // What does not exist is asked for again and again, too. Failures are not kept.
  if (status === 200 || status === 404)
    return { 'Cache-Control': forEveryone, Vary: 'Accept-Language' }
  return { 'Cache-Control': 'no-store' }
}
// endregion policy

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

// region notices
/** Known to edge/teahouse.conf, too. A real house keeps it out of its files. */
const secret = 'spring-water-8f31c60a'

/** One round after the other: the inner cache first, or the edge would fetch the old page again. */
export function noticesOf(change: Change): Notice[][] {
  if (change.kind === 'picture') return [[{ method: 'BAN', url: 'http://varnish/topics/' }]]
  const paths = [`/topics/${change.topic}`, '/', '/api/topics.json']
  return [
    paths.map((path) => ({ method: 'PURGE', url: `http://varnish${path}` })),
    paths.flatMap((path) => ['en', 'zh'].map((language) => refresh(path, language))),
  ]
}

/** nginx cannot throw a copy away; but it takes a new one, and puts it in the place of the old. */
const refresh = (path: string, language: string): Notice => ({
  method: 'GET',
  url: `http://edge${path}`,
  headers: { Host: 'teahouse.test', 'Accept-Language': language, 'X-Refresh': secret },
})
// endregion notices
