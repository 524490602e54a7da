import type { Random } from './random.ts'

/**
 * Draws places in a list of popularity, 0 the most popular: the k-th is asked for 1/kˢ times as often
 * as the first. Readers of web pages are like that, with s from 0.6 to 1.
 * Breslau and others, "Web caching and Zipf-like distributions", INFOCOM 1999
 */
export function zipf(count: number, s: number, random: Random): () => number {
  let sum = 0
  const sums = Float64Array.from({ length: count }, (_, place) => (sum += (place + 1) ** -s))
  return () => {
    const drawn = random() * sum
    let [low, high] = [0, count - 1]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (sums[middle]! <= drawn) low = middle + 1
      else high = middle
    }
    return low
  }
}
