/**
 * Spreads the bits of a 32-bit number: a change of one changes about half of them. Every number has
 * an image of its own. MurmurHash3's finaliser, Austin Appleby, public domain.
 */
export function mix32(value: number): number {
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}

/** 2³² over the golden ratio: its multiples lie far apart. Knuth, TAOCP 6.4. */
export const golden = 0x9e3779b1 | 0

// #region hash-text
/** The seed of what several processes must agree on. */
export const sharedSeed = 0

/**
 * 32 bits for a text, two UTF-16 units at each step; every text counts, also one that is no valid
 * Unicode. Fast, and no secret: whoever knows the seed can make texts that collide. So what strangers
 * name is hashed with a seed that differs from process to process, and what several processes must
 * agree on, with a seed that they share.
 */
export function hashText(text: string, seed: number): number {
  const { length } = text
  let hash = seed ^ length
  let at = 0
  for (; at + 1 < length; at += 2) {
    hash = Math.imul(hash ^ (text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16)), golden)
    hash ^= hash >>> 15
  }
  if (at < length) hash = Math.imul(hash ^ text.charCodeAt(at), golden)
  return mix32(hash)
}
// #endregion hash-text
