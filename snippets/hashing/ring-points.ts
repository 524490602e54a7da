import { bytesOf, crc32 } from './crc32.ts'
import { golden, hashText, mix32, sharedSeed } from './hash-text.ts'
import { type Node, weightOf } from './node.ts'

/** Says where on the ring a node stands: places from 0 to 2³² − 1, more of them for more weight. */
export type PointsOf = (node: Node) => readonly number[]

/** nginx's number; ketama's too. More points, and the shares are more even. */
const pointsPerWeight = 160

const countFor = (node: Node, perWeight = pointsPerWeight): number =>
  Math.max(1, Math.round(weightOf(node) * perWeight))

/** Points all over the ring, by the node's name alone; with fewer of them, the first of the same. */
// #region scattered
export function scatteredPoints(node: Node, perWeight?: number): readonly number[] {
  const seed = hashText(node.name, sharedSeed)
  return Array.from({ length: countFor(node, perWeight) }, (_, index) =>
    mix32(seed + Math.imul(index + 1, golden)),
  )
}
// #endregion scattered

/**
 * The points of nginx's `hash KEY consistent`, and so of Cache::Memcached::Fast: a chain, each the
 * checksum of the name and of the point before.
 * https://nginx.org/en/docs/http/ngx_http_upstream_module.html#hash
 */
// #region nginx
export function nginxPoints(node: Node): readonly number[] {
  const own = crc32(bytesOf(hostAndPort(node.name)))
  let at = 0
  return Array.from({ length: countFor(node) }, () => (at = crc32(littleEndian(at), own)))
}
// #endregion nginx

/** `host:port` with a zero byte for the colon; one after the host when there is no port. */
function hostAndPort(name: string): string {
  const path = /^unix:(.*)$/is.exec(name)
  if (path) return `${path[1]}\0`
  const [, host, port] = /^(.*):(\d*)$/s.exec(name) ?? []
  return host === undefined ? `${name}\0` : `${host}\0${port}`
}

const littleEndian = (value: number): readonly number[] =>
  [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff)
