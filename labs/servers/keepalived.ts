import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { Problem } from './kind/problem.ts'
import type { Edits, Files, ServerKind } from './kind/server-kind.ts'
import type { World } from './kind/world.ts'
import { disabledScripts, parseLog, reloads } from './keepalived/log.ts'
import { parseKeepalived, parsePassedOver, problemOf, unique } from './keepalived/report.ts'

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

/** `keepalived --config-test`, then SIGHUP; then its log, which knows more. */
export const kind: ServerKind<KeepalivedChange> = {
  change,
  tier: 'director',
  together: true,
  servers: ({ machines }) => machines,
  take,
  takeBack: async (world, edits) => {
    for (const [machine, { reload }] of directorsOf(edits)) await world.exec(machine, reload)
  },
}

async function take(world: World, edits: Edits<KeepalivedChange>): Promise<readonly Problem[]> {
  const files: Files = new Map(edits.flatMap(({ now }) => [...now]))
  const directors = directorsOf(edits)
  for (const [machine, { at, main }] of directors) {
    const first = { at, file: main.replace('{machine}', machine) }
    const test = ['keepalived', '-t', '-f', `${at}/${first.file}`]
    const { exitCode, stdout, stderr } = await world.exec(machine, test)
    const said = `${stdout}\n${stderr}`
    const problems =
      exitCode === 0 ? parsePassedOver(said, first) : parseKeepalived(said, first, files)
    if (problems.length > 0) return problems
  }
  const told = directors.map(async ([machine, { main, reload }]) => {
    const disabled = disabledScripts(await reloaded(world, machine, reload))
    return disabled.map((text) => problemOf(text, main.replace('{machine}', machine), files))
  })
  return unique((await Promise.all(told)).flat())
}

/** Once each, whichever of its files have changed. */
function directorsOf(edits: Edits<KeepalivedChange>) {
  const changeOf = new Map(
    edits.flatMap(({ change }) => change.machines.map((machine) => [machine, change] as const)),
  )
  return [...changeOf]
}

/** More lines than a lab ever writes: those that come must not push others out. */
const depth = 20_000
/** Milliseconds: a reload takes some hundred on a busy machine. */
const patience = 3000

/** What keepalived has logged by the end of its reload. Where it does not run it has no more to say. */
async function reloaded(
  world: World,
  machine: string,
  reload: readonly string[],
): Promise<readonly string[]> {
  const log = async () => parseLog(await world.lastWords(machine, depth))
  const before = reloads(await log())
  const { exitCode } = await world.exec(machine, reload)
  if (exitCode !== 0) return []
  for (const deadline = performance.now() + patience; ; await pause(50)) {
    const lines = await log()
    if (reloads(lines) > before || performance.now() > deadline) return lines
  }
}
