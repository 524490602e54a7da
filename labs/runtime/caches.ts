import { say } from '../language.ts'
import { inOrder, kindOf } from '../servers/kind/kinds.ts'
import type { Change } from '../servers/kind/server-kind.ts'
import type { World } from '../servers/kind/world.ts'

/** As if nobody had asked yet. The outer caches last: they shall not ask for an old copy meanwhile. */
export async function emptyCaches(world: World, changes: readonly Change[]): Promise<void> {
  for (const change of inOrder(changes, (one) => one)) {
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
