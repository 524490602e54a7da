import { z } from 'zod'
import type { Problem } from './kind/problem.ts'
import type { Edits, ServerKind } from './kind/server-kind.ts'
import type { World } from './kind/world.ts'
import { parseKeepalived } from './keepalived/report.ts'

type KeepalivedChange = z.infer<typeof change>
const change = z.strictObject({
  by: z.literal('keepalived'),
  files: z.string(),
  machines: z.array(z.string()).min(1),
  /** Where the reader's folder is in the machine, and keepalived's first file below it. */
  at: z.string(),
  main: z.string().includes('{machine}'),
  /** The command that has keepalived read its files again. */
  reload: z.array(z.string()).min(1),
})

/** `keepalived --config-test`, then SIGHUP. */
export const kind: ServerKind<KeepalivedChange> = {
  change,
  tier: 'director',
  together: true,
  servers: ({ machines }) => machines,
  take,
}

async function take(world: World, edits: Edits<KeepalivedChange>): Promise<readonly Problem[]> {
  const changeOf = new Map(
    edits.flatMap(({ change }) => change.machines.map((machine) => [machine, change] as const)),
  )
  for (const [machine, { at, main }] of changeOf) {
    const file = main.replace('{machine}', machine)
    const test = ['keepalived', '-t', '-f', `${at}/${file}`]
    const { exitCode, stdout, stderr } = await world.exec(machine, test)
    const problems = exitCode === 0 ? [] : parseKeepalived(`${stdout}\n${stderr}`, { at, file })
    if (problems.length > 0) return problems
  }
  for (const [machine, { reload }] of changeOf) await world.exec(machine, reload)
  return []
}
