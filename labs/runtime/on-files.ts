import { say } from '../language.ts'
import { inOrder, kindOf } from '../servers/kind/kinds.ts'
import type { World } from '../servers/kind/world.ts'
import { applyChanges } from './apply/apply.ts'
import type { LabWorld } from './apply/world.ts'
import type { Place } from './docker/place.ts'
import type { Runtime } from './runtime.ts'

/** What every kind of server does in its own way, and every world for all of them. */
export const onFiles = (
  place: Place,
  world: LabWorld,
): Pick<Runtime, 'apply' | 'refresh' | 'emptyCaches'> => ({
  apply: () => applyChanges(place, world),
  async refresh() {
    for (const change of place.lab.changes) await kindOf(change).refresh?.(world, change)
  },
  emptyCaches: () => emptyCaches(place, world),
})

/** The outer caches last: what they ask for meanwhile shall not be an old copy of the inner ones. */
async function emptyCaches({ lab }: Place, world: World): Promise<void> {
  for (const change of inOrder(lab.changes, (one) => one)) {
    const kind = kindOf(change)
    const emptied = await kind.emptyCache?.(world, change)
    if (!emptied || emptied.exitCode === 0) continue
    const [server = ''] = kind.servers(change)
    throw world.fault(
      server,
      say(
        `The cache of ${server} could not be emptied: ${emptied.stderr.trim()}`,
        `${server} 的缓存没能清空：${emptied.stderr.trim()}`,
      ),
    )
  }
}
