import type { Edits, ServerKind } from '../../servers/kind/server-kind.ts'
import type { Problem } from '../../servers/kind/problem.ts'
import type { Place } from '../docker/place.ts'
import { writeFiles } from './files.ts'
import { onTrial } from './trial.ts'
import type { LabWorld } from './world.ts'

/** Whatever happens on the way, what was not accepted does not stay in the live folder. */
export function tryFiles(
  { live }: Place,
  world: LabWorld,
  kind: ServerKind,
  edits: Edits,
): Promise<readonly Problem[]> {
  return onTrial(live, async () => {
    let found: readonly Problem[] | undefined
    try {
      for (const { change, now } of edits) writeFiles(live, change.files, now)
      await world.put()
      return (found = (await kind.take?.(world, edits)) ?? [])
    } finally {
      if (found?.length !== 0) {
        for (const { change, before } of edits) writeFiles(live, change.files, before)
        await world.put()
        await kind.takeBack?.(world, edits)
      }
    }
  })
}
