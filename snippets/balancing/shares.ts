import type { Server } from './upstream.ts'

/** The sum of all weights, those of servers that are down included: a hash covers them too. */
export const totalWeight = (servers: readonly Server[]): number =>
  servers.reduce((sum, { weight }) => sum + weight, 0)

/**
 * The servers stand in a row, each as wide as its weight: who stands at `point`? Any whole number
 * will do, the row repeats.
 */
export function byShare(servers: readonly Server[], point: number): number {
  let rest = point % totalWeight(servers)
  return servers.findIndex(({ weight }) => (rest -= weight) < 0)
}
