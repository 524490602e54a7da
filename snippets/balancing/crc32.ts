/** CRC-32 (ISO 3309), by a table of all bytes. https://www.w3.org/TR/png/#D-CRCAppendix */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

/** The checksum of the bytes, or of `before` followed by them when `before` is a checksum. */
export function crc32(bytes: Iterable<number>, before = 0): number {
  let sum = ~before
  for (const byte of bytes) sum = table[(sum ^ byte) & 0xff]! ^ (sum >>> 8)
  return ~sum >>> 0
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
