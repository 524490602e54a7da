import { golden, mix32 } from './hash-text.ts'

/**
 * The bucket, 0 to `buckets` − 1, of a hash of 32 bits: with no memory, and as even as can be. A new
 * bucket takes its share from all others, and no other key moves. But buckets have numbers, not
 * names, and only the last can go: taking out one in the middle renumbers all that come after it.
 *
 * The key jumps forward through the buckets, to the next that would have taken it when it was new.
 * The paper draws by a generator of 64 bits; this one has 32, so other keys jump, by the same law.
 *
 * Lamping and Veach, "A fast, minimal memory, consistent hash algorithm", 2014
 */
// #region jump
export function jumpHash(hash: number, buckets: number): number {
  let state = hash
  let bucket = -1
  for (let next = 0; next < buckets;) {
    bucket = next
    state = (state + golden) | 0
    next = Math.floor(((bucket + 1) * 2 ** 32) / (mix32(state) + 1))
  }
  return bucket
}
// #endregion jump
