import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Problem } from './kind/problem.ts'
import type { Edit, ServerKind } from './kind/server-kind.ts'
import type { World } from './kind/world.ts'
import { parseSentinel, unresolvedIn } from './sentinel/report.ts'

type SentinelChange = z.infer<typeof change>
const change = z.strictObject({
  by: z.literal('sentinel'),
  files: z.string(),
  /** The Sentinels, which all begin from the same file. */
  services: z.array(z.string()).min(1),
  /** Whom they watch. Their roles are as the last failover has left them: they begin anew as well. */
  watched: z.array(z.string()),
  /** The folder inside the container, and its first file. A Sentinel writes into a copy of it. */
  at: z.string(),
  main: z.string(),
  /** Where the copy was made. Without this file the container makes it again when it starts. */
  begun: z.string(),
})

/** They have stood their trial: some may run with them already. */
const taken = new WeakSet<Edit<SentinelChange>>()

/** Tried by a second Sentinel; then all forget what they have learnt, and begin from the file. */
export const kind: ServerKind<SentinelChange> = {
  change,
  tier: 'store',
  servers: ({ services }) => services,
  mayGo: ({ files, main }, file) => file !== files + main,
  tryOut: (world, [{ change }]) => tryFile(world, change),
  async take(world, [edit]) {
    const refused = await tryFile(world, edit.change)
    if (refused.length > 0) return refused
    taken.add(edit)
    return beginAnew(world, edit.change)
  },
  async takeBack(world, [edit]) {
    if (taken.has(edit)) await beginAnew(world, edit.change)
  },
}

/** It has read the file, and looked for a port to listen on: what comes after is told to others. */
const passed = 'Configured to not listen anywhere'

/** On a copy, as it wants a file to write into. Later words beat those of the file. Who looks for a name may take its time. */
const trial = `
cd "$(mktemp -d)" && trap 'rm -r "$PWD"' EXIT && cp -r "$1/." . &&
timeout 20 redis-sentinel "$PWD/$2" --port 0 --unixsocket '' --daemonize no --logfile '' --pidfile ''
`

async function tryFile(world: World, change: SentinelChange): Promise<readonly Problem[]> {
  const [first = ''] = change.services
  const { at, main } = change
  const { stdout, stderr } = await world.exec(first, ['sh', '-c', trial, 'sentinel', at, main])
  const unresolved = unresolvedIn(stdout, change, textOf(world, change))
  if (unresolved) return [unresolved]
  if (stdout.includes(passed)) return []
  return [parseSentinel(`${stdout}\n${stderr}`, change, textOf(world, change))]
}

/** Masters before Sentinels: who watches them shall find them. */
async function beginAnew(world: World, change: SentinelChange): Promise<readonly Problem[]> {
  const { services, watched, begun } = change
  await Promise.all(services.map((service) => world.exec(service, ['rm', '-f', begun])))
  await Promise.all(watched.map((service) => world.boot(service)))
  const said = await Promise.all(services.map((service) => world.boot(service)))
  const [words] = said.filter(Boolean)
  return words ? [parseSentinel(words, change, textOf(world, change))] : []
}

const textOf = ({ live }: World, { files, main }: SentinelChange) =>
  readFileSync(join(live, files + main), 'utf8')
