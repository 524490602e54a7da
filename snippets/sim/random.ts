export type Random = () => number

/** Chance that repeats: the same seed gives the same numbers in [0, 1). Marsaglia's xorshift, 2003. */
export function seededRandom(seed: number): Random {
  let state = Math.imul(seed, 0x9e3779b1) ^ 0x2545f491 || 1
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  // Neighbouring seeds begin alike; a few steps part them.
  for (let step = 0; step < 8; step++) next()
  return next
}

export const exponential = (mean: number, random: Random): number => -mean * Math.log(1 - random())
