import { bytesOf } from './crc32.ts'

export const clusterSlots = 16_384

/** CRC-16/XMODEM: polynomial 1021, from 0. Redis Cluster specification, appendix A. */
const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 8
  for (let bit = 0; bit < 8; bit++) value = value & 0x8000 ? (value << 1) ^ 0x1021 : value << 1
  return value
})

/**
 * The slot of Redis Cluster in which a key lives. Of a key with a hash tag only the tag counts, what
 * is between the first `{` and the next `}`, if it isn't empty: so keys with one tag live together.
 * https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags
 */
// #region cluster-slot
export function clusterSlot(key: string): number {
  const open = key.indexOf('{')
  const close = open < 0 ? -1 : key.indexOf('}', open + 1)
  const isTagged = close > open + 1
  const from = isTagged ? open + 1 : 0
  const to = isTagged ? close : key.length
  let sum = 0
  for (let at = from; at < to; at++) {
    const unit = key.charCodeAt(at)
    if (unit > 0x7f) return crc16(bytesOf(key.slice(from, to))) % clusterSlots
    sum = ((sum << 8) & 0xffff) ^ table[(sum >>> 8) ^ unit]!
  }
  return sum % clusterSlots
}
// #endregion cluster-slot

const crc16 = (bytes: Uint8Array): number =>
  bytes.reduce((sum, byte) => ((sum << 8) & 0xffff) ^ table[(sum >>> 8) ^ byte]!, 0)

/** The first slot of each of `count` masters, as `redis-cli --cluster create` deals them out. */
export function firstSlots(count: number): readonly number[] {
  const share = clusterSlots / count
  return Array.from({ length: count }, (_, index) => Math.round(index * share))
}
