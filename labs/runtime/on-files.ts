import { say } from '../language.ts'
import { inOrder, kindOf } from '../servers/kind/kinds.ts'
import { reloadNginx } from '../servers/nginx.ts'
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
  async apply() {
    const applied = await applyChanges(place, world)
    // Who was visited while the application restarted was turned away, and its proxy remembers.
    const mayRestart = place.lab.changes.some((change) => kindOf(change).tier === 'application')
    if (applied.outcome !== 'unchanged' && mayRestart) await refresh(place, world)
    return applied
  },
  refresh: () => refresh(place, world),
  emptyCaches: () => emptyCaches(place, world),
})

async function refresh({ lab }: Place, world: World): Promise<void> {
  for (const change of lab.changes) await kindOf(change).refresh?.(world, change)
  const { service } = lab.front
  const isReaders = lab.changes.some((change) => kindOf(change).servers(change).includes(service))
  if (!isReaders && (await world.servers()).includes(service)) await reloadNginx(world, service)
}

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
