import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { composeProblem, openPorts, parseErrors, type PublishedPorts } from './compose/problems.ts'
import { type HostSharing, sharedWithHost } from './compose/host-sharing.ts'
import type { Problem } from './kind/problem.ts'
import type { ServerKind } from './kind/server-kind.ts'
import type { World } from './kind/world.ts'

type ComposeChange = z.infer<typeof change>
const change = z.strictObject({ by: z.literal('compose'), files: z.literal('compose.yaml') })

/** Compose brings up what differs. */
export const kind: ServerKind<ComposeChange> = {
  change,
  tier: 'compose',
  saysWhatRuns: true,
  servers: () => [],
  composeFile: ({ files }) => files,
  tryOut: (world, [{ change }]) => tryConfig(world, change),
}

/** What can be said of the reader's Compose file before any server is touched. */
async function tryConfig(world: World, { files }: ComposeChange): Promise<readonly Problem[]> {
  const text = readFileSync(join(world.live, files), 'utf8')
  const broken = parseErrors(text)
  if (broken.length > 0) return broken
  const config = await world.composeConfig()
  if (config.exitCode !== 0) return [composeProblem(text, config.stderr)]
  const resolved = JSON.parse(config.stdout) as PublishedPorts & HostSharing
  return [...openPorts(resolved, text), ...sharedWithHost(resolved, text)]
}
