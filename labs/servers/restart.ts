import { z } from 'zod'
import type { Problem } from './kind/problem.ts'
import type { Edits, ServerKind } from './kind/server-kind.ts'
import type { World } from './kind/world.ts'
import { parseBoot } from './restart/report.ts'

export type RestartChange = z.infer<typeof change>
const change = z.strictObject({
  by: z.literal('restart'),
  files: z.string(),
  machines: z.array(z.string()).min(1),
  /** Where the reader's folder is in the machine. */
  at: z.string(),
  /** The command that waits until the machine is up: 0, or what it said when it could not. */
  booted: z.array(z.string()).min(1),
  /** The file with the machine's kernel settings, and which of Compose's networks a card is on. */
  sysctl: z.strictObject({ file: z.string(), cards: z.record(z.string(), z.string()) }),
})

/** The machines are switched off and on: they come up with these files, or not at all. */
export const kind: ServerKind<RestartChange> = {
  change,
  tier: 'machine',
  together: true,
  servers: ({ machines }) => machines,
  settings: ({ machines, at, sysctl: { file, cards } }) => ({
    machines,
    file,
    path: `${at}/${file}`,
    cards,
  }),
  take,
  takeBack: async (world, edits) => {
    for (const { machines } of changesOf(edits))
      for (const machine of machines) await world.boot(machine)
  },
}

async function take(world: World, edits: Edits<RestartChange>): Promise<readonly Problem[]> {
  for (const change of changesOf(edits))
    for (const machine of change.machines) {
      const said = await world.boot(machine)
      if (said) return parseBoot(said, change)
      const { exitCode, stdout, stderr } = await world.exec(machine, change.booted)
      if (exitCode !== 0) return parseBoot(`${stdout}\n${stderr}`, change)
    }
  return []
}

const changesOf = (edits: Edits<RestartChange>) => edits.map(({ change }) => change)
