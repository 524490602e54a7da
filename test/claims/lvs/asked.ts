/** How one request of readers.mts went. */
export interface Asked {
  /** What the test called the time at which it began. */
  readonly round: string
  /** How much longer the pause before it was than meant, in milliseconds: then the machine stood still. */
  readonly lateMs: number
  /** Milliseconds on the reader's clock when it began, and how many it took. */
  readonly at: number
  readonly ms: number
  readonly servedBy?: string
  /** The reader's own port: another one is another connection. */
  readonly port?: number
  readonly failure?: string
}

/** In milliseconds, from one good answer to the next, over the failures between them: 0 without any. */
export function outageOf(asked: readonly Asked[], round: string): number {
  const isLost = (one: Asked) => one.round === round && one.failure !== undefined
  const first = asked.findIndex(isLost)
  if (first < 0) return 0
  const before = asked[first - 1]
  const after = asked[asked.findLastIndex(isLost) + 1]
  if (!before || !after) throw new Error('the outage has no beginning or no end')
  return after.at + after.ms - (before.at + before.ms)
}

/**
 * Whether the machine that measures stood still in this round, for as long as an advertisement's pause:
 * a pause was too long, or a request that is given up after 100 ms was given up far too late.
 */
export const isDisturbed = (asked: readonly Asked[], round: string): boolean =>
  asked.some((one) => one.round === round && (one.lateMs > 150 || one.ms > 250))
