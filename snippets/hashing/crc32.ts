/**
 * CRC-32 (ISO 3309) by tables. `t0` has the checksum's step for each byte; `t1`, `t2` and `t3` for a
 * byte with one, two and three bytes behind it, so that four can be taken in one step.
 * https://www.w3.org/TR/png/#D-CRCAppendix
 * Kounavis and Berry, "A systematic approach to building high performance CRC generators", 2005
 */
const t0 = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})
const oneByteOn = (table: Int32Array): Int32Array =>
  table.map((value) => t0[value & 0xff]! ^ (value >>> 8))
const t1 = oneByteOn(t0)
const t2 = oneByteOn(t1)
const t3 = oneByteOn(t2)

/** The checksum of the bytes, or of `before` followed by them when `before` is a checksum. */
export function crc32(bytes: Iterable<number>, before = 0): number {
  let sum = ~before
  for (const byte of bytes) sum = t0[(sum ^ byte) & 0xff]! ^ (sum >>> 8)
  return ~sum >>> 0
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** `crc32(bytesOf(text))`. Of ASCII, which keys mostly are, no bytes are made: a character is one. */
// #region crc32-of-text
export function crc32OfText(text: string): number {
  const { length } = text
  let sum = -1
  let at = 0
  for (; at + 3 < length; at += 4) {
    const a = text.charCodeAt(at)
    const b = text.charCodeAt(at + 1)
    const c = text.charCodeAt(at + 2)
    const d = text.charCodeAt(at + 3)
    if ((a | b | c | d) > 0x7f) return crc32(bytesOf(text))
    sum ^= a | (b << 8) | (c << 16) | (d << 24)
    sum = t3[sum & 0xff]! ^ t2[(sum >>> 8) & 0xff]! ^ t1[(sum >>> 16) & 0xff]! ^ t0[sum >>> 24]!
  }
  for (; at < length; at++) {
    const unit = text.charCodeAt(at)
    if (unit > 0x7f) return crc32(bytesOf(text))
    sum = t0[(sum ^ unit) & 0xff]! ^ (sum >>> 8)
  }
  return ~sum >>> 0
}
// #endregion crc32-of-text
