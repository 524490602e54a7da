import { bytesOf, crc32 } from '../hashing/crc32.ts'

/**
 * What `hash KEY` adds to the hash at each try: Cache::Memcached's function, so that nginx and that
 * client agree. The second and later tries put their number before the key.
 * https://nginx.org/en/docs/http/ngx_http_upstream_module.html#hash
 */
// #region key-hash
export function keyHash(key: string, attempt: number): number {
  const text = attempt === 0 ? key : `${attempt}${key}`
  return (crc32(bytesOf(text)) >>> 16) & 0x7fff
}
// #endregion key-hash
