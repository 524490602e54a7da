import { setTimeout as pause } from 'node:timers/promises'

/**
 * Waits for a while of up to so many milliseconds, by a seeded generator (mulberry32, public domain):
 * what a test is about is that the moment does not matter.
 */
export function chanceFrom(seed: number): (atMostMs: number) => Promise<void> {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return (atMostMs) => pause(next() * atMostMs)
}
