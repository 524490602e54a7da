import { Keepalived, prepareServers } from '../test/claims/keepalived.ts'
import { outages, pullCable, stopInOrder } from '../test/claims/outages.ts'
import { withRack } from './rack.ts'
import { median } from './statistics.ts'
import { table } from './table.ts'

const times = 20

/** How long readers go without service when the director that has the VIP goes, two ways to go. */
export function benchFailover(print: (line: string) => void): Promise<void> {
  return withRack(import.meta.url, async (rack) => {
    await prepareServers(rack)
    const keepalived = new Keepalived(rack)
    const cut = await outages(rack, keepalived, times, pullCable(rack))
    const stopped = await outages(rack, keepalived, times, stopInOrder(keepalived))
    const row = (name: string, ms: readonly number[]) => [
      name,
      ...[median(ms), Math.max(...ms)].map((value) => `${Math.round(value)} ms`),
      (median(ms) / median(cut)).toFixed(2),
    ]
    const lines = table(
      ['no service', 'median', 'worst', 'ratio'],
      [row('cable pulled', cut), row('stopped in order', stopped)],
    )
    print(
      `failover (advert_int 0.15, each ${times} times, Linux ${rack.versions.Linux} with IPVS, ` +
        `keepalived ${rack.versions.keepalived})`,
    )
    for (const line of lines) print(`  ${line}`)
  })
}
