/**
 * Did this form come from one of our own pages?
 *
 * A browser states where a POST comes from in `Origin`; a page can't forge it. No Origin means no
 * browser (curl, a load test), and so nobody whose cookies could be borrowed: let it pass.
 *
 * Behind a proxy this needs the Host that the browser asked for, its port included: in nginx
 * `proxy_set_header Host $http_host;`.
 */
export function isSameOrigin(headers: { origin: string | undefined; host: string }): boolean {
  if (headers.origin === undefined) return true
  if (!URL.canParse(headers.origin)) return false // the literal "null": a sandboxed page or a file
  const origin = new URL(headers.origin)
  const own = `${origin.protocol}//${headers.host}` // through URL, so that :80 and no port agree
  return URL.canParse(own) && new URL(own).host === origin.host
}
