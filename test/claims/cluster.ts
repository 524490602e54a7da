import { expect } from 'vitest'
import { clusterSlot, firstSlots } from '../../snippets/hashing/cluster-slot.ts'
import type { RedisServer } from './redis-servers.ts'

/** What came, or the error's text. */
export const said = (answer: Promise<unknown>): Promise<unknown> =>
  answer.catch(({ message }: Error) => message)

export const addressOf = ({ port }: RedisServer): string => `127.0.0.1:${port}`

/** On a busy machine a node may be silent for seconds: nobody shall take it for dead. */
export const clusterSettings = ['--cluster-enabled yes', '--cluster-node-timeout 30000'] as const

/** Makes them masters without replicas, and waits until each of them says that it is well. */
export async function joinCluster(nodes: readonly RedisServer[]) {
  const create = ['redis-cli', '--cluster', 'create', ...nodes.map(addressOf), '--cluster-yes']
  const { output } = await nodes[0]!.attempt(...create)
  expect(output).toContain('[OK] All 16384 slots covered.')
  await untilState(nodes, 'ok')
  return nodes
}

export async function untilState(nodes: readonly RedisServer[], state: 'ok' | 'fail') {
  for (const { redis } of nodes)
    await expect
      .poll(() => redis.cluster('INFO'), { timeout: 120_000, interval: 200 })
      .toContain(`cluster_state:${state}`)
}

/** The master of a key's slot, as they were dealt out at the beginning. */
export function masterOf(nodes: readonly RedisServer[], key: string): RedisServer {
  const slot = clusterSlot(key)
  return nodes[firstSlots(nodes.length).findLastIndex((first) => first <= slot)]!
}
