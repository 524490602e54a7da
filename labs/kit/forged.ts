/**
 * Headers in which proxies and CDNs say who their client is. Whoever sends a request can write them, too.
 * https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-Forwarded-For
 */
export const addressHeaders = [
  'X-Forwarded-For',
  'X-Real-IP',
  'Forwarded',
  'CF-Connecting-IP',
  'CF-Connecting-IPv6',
  'True-Client-IP',
  'X-Client-IP',
  'Client-IP',
  'X-Cluster-Client-IP',
  'X-Forwarded',
  'Forwarded-For',
  'X-Original-Forwarded-For',
  'X-Originating-IP',
  'X-Remote-IP',
  'X-Remote-Addr',
  'Remote-Addr',
  'X-Envoy-External-Address',
  'X-Azure-ClientIP',
  'X-Appengine-User-IP',
  'Fastly-Client-IP',
  'Fly-Client-IP',
  'Ali-CDN-Real-IP',
  'Proxy-Client-IP',
  'WL-Proxy-Client-IP',
  'X-Peer',
] as const

/** The same address in the ways that such a header may hold it. */
export const addressForms = (address: string): readonly string[] => [
  address,
  `${address}, 198.51.100.1`,
  `198.51.100.1, ${address}`,
  `for=${address}`,
  `for="${address}:4711";proto=https`,
]

/** `name` with the form that belongs to it; RFC 7239 has one of its own. */
export const forgedAddress = (name: string, address: string): Record<string, string> => ({
  [name]: name === 'Forwarded' ? `for=${address}` : address,
})

/** A word of twelve letters or more is a secret; whoever has read all but those, writes others. */
const secret = /[\w~+-]{12,}/g

/** The same text as somebody would send it who does not know the secrets in it. */
export const withoutSecrets = (text: string): string =>
  text.replace(secret, (word) => 'x'.repeat(word.length))

export const holdsSecret = (text: string): boolean => withoutSecrets(text) !== text
