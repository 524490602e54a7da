/** nginx's seed of the hash. */
export const ipHashSeed = 89

/**
 * The hash of a client's address; the next try goes on from the hash `before`. Only the first three
 * numbers of an IPv4 address count, so that one network is one client; of IPv6, all sixteen bytes.
 * https://nginx.org/en/docs/http/ngx_http_upstream_module.html#ip_hash
 */
// #region ip-hash
export function ipHash(address: readonly number[], before = ipHashSeed): number {
  const significant = address.length === 4 ? address.slice(0, 3) : address
  return significant.reduce((hash, byte) => (hash * 113 + byte) % 6271, before)
}
// #endregion ip-hash

/** `192.0.2.7` → `[192, 0, 2, 7]`; undefined when it is no IPv4 address. */
export function ipv4(text: string): readonly number[] | undefined {
  const parts = text.trim().split('.')
  const numbers = parts.map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : Number.NaN))
  return numbers.length === 4 && numbers.every((number) => number <= 255) ? numbers : undefined
}
