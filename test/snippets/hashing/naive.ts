import type { RingRules } from '../../../snippets/hashing/hash-ring.ts'
import type { Node } from '../../../snippets/hashing/node.ts'

/**
 * A ring that looks at every point. Says of a key all nodes, in the order in which the ring goes past
 * them from the key's place.
 */
export function naiveRing(nodes: readonly Node[], rules: RingRules): (key: string) => string[] {
  const all = nodes.map((node) => ({ name: node.name, points: rules.pointsOf(node) }))
  return (key) => {
    const place = rules.hash(key)
    const distance = (at: number) => (at >= place ? at - place : at - place + 2 ** 32)
    return all
      .map(({ name, points }) => ({ name, nearest: Math.min(...points.map(distance)) }))
      .sort((a, b) => a.nearest - b.nearest || (a.name < b.name ? -1 : 1))
      .map(({ name }) => name)
  }
}

/** CRC-16/XMODEM, a bit at a time. */
export function naiveCrc16(text: string): number {
  let sum = 0
  for (const byte of new TextEncoder().encode(text))
    for (let bit = 7; bit >= 0; bit--) {
      const isCarried = ((sum >>> 15) & 1) !== ((byte >>> bit) & 1)
      sum = ((sum << 1) & 0xffff) ^ (isCarried ? 0x1021 : 0)
    }
  return sum
}

/** Of n + 1 buckets the new one has a share like any. */
export const naiveJumpShare = (buckets: number): number => 1 / (buckets + 1)
