import { bytesOf, crc32 } from './crc32.ts'
import type { Server } from './upstream.ts'

export interface RingPoint {
  /** Where on the ring, 0 to 2³² − 1. */
  readonly at: number
  readonly server: string
}

/** nginx's number; ketama's too. More points, and the shares are more even. */
const pointsPerWeight = 160

/**
 * The ring of `hash KEY consistent`: Cache::Memcached::Fast's, so that nginx and that client agree.
 * A server's points are a chain, each the checksum of its name and of the point before.
 * https://nginx.org/en/docs/http/ngx_http_upstream_module.html#hash
 */
// #region ring
export function ring(servers: readonly Server[]): readonly RingPoint[] {
  const points = servers.flatMap(({ name, weight }) => {
    const own = crc32(bytesOf(hostAndPort(name)))
    let at = 0
    return Array.from({ length: weight * pointsPerWeight }, () => {
      at = crc32(littleEndian(at), own)
      return { at, server: name }
    })
  })
  const sorted = points.sort((a, b) => a.at - b.at)
  return sorted.filter((point, index) => point.at !== sorted[index - 1]?.at)
}
// #endregion ring

/** The first point at or after the key's place, going round; its index in the ring. */
// #region find
export function findPoint(points: readonly RingPoint[], key: string): number {
  const place = crc32(bytesOf(key))
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (points[middle]!.at < place) low = middle + 1
    else high = middle
  }
  return low % points.length
}
// #endregion find

/** `host:port` with a zero byte for the colon; one after the host when there is no port. */
function hostAndPort(name: string): string {
  const path = /^unix:(.*)$/is.exec(name)
  if (path) return `${path[1]}\0`
  const [, host, port] = /^(.*):(\d*)$/s.exec(name) ?? []
  return host === undefined ? `${name}\0` : `${host}\0${port}`
}

const littleEndian = (value: number): readonly number[] =>
  [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff)
