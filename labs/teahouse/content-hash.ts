/**
 * A short fingerprint of some bytes, for ETag and `?v=`. It answers "did this change?" and nothing
 * more: it is not cryptographic. 53 bits, so two versions of one file practically never agree.
 *
 * cyrb53 by bryc, public domain: https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js
 */
export function contentHash(bytes: Uint8Array): string {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (const byte of bytes) {
    high = Math.imul(high ^ byte, 0x9e3779b1)
    low = Math.imul(low ^ byte, 0x5f356495)
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35)
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35)
  return (0x1_0000_0000 * (0x1f_ffff & low) + (high >>> 0)).toString(16).padStart(14, '0')
}
