import { z } from 'zod'
import type { Problem } from './kind/problem.ts'
import type { Edit, ServerKind } from './kind/server-kind.ts'
import type { World } from './kind/world.ts'
import { complaintIn, parseFallen, parseNode, patience } from './node/report.ts'

type NodeChange = z.infer<typeof change>
const change = z.strictObject({
  by: z.literal('node'),
  files: z.string(),
  services: z.array(z.string()).min(1),
  /** The folder inside the containers, and the module there with the functions it must export. */
  at: z.string(),
  module: z.string(),
  exports: z.array(z.string()).min(1),
})

/** They have loaded on trial: some servers may run with them already, or have fallen. */
const begun = new WeakSet<Edit<NodeChange>>()

/** Loaded once beside the running server; then all servers restart at once: only the reader waits. */
export const kind: ServerKind<NodeChange> = {
  change,
  tier: 'application',
  servers: ({ services }) => services,
  async take(world, [edit]) {
    const services = await servicesOf(world, edit.change)
    const refused = await loadOnTrial(world, services, edit.change)
    if (refused) return [refused]
    begun.add(edit)
    const fallen = services.map(async (service) => {
      const words = await world.boot(service)
      return words ? [parseFallen(words, service, edit.change)] : []
    })
    return (await Promise.all(fallen)).flat().slice(0, 1)
  },
  async takeBack(world, [edit]) {
    if (!begun.has(edit)) return
    const services = await servicesOf(world, edit.change)
    await Promise.all(services.map((service) => world.boot(service)))
  },
  // What the module still imports, Node misses by its name.
  mayGo: ({ files, module }, file) => file !== files + module,
  complaint: (words, change) => complaintIn(words, change),
}

/** A lab that scales has some of them only later. */
async function servicesOf(world: World, { services }: NodeChange): Promise<readonly string[]> {
  const there = await world.servers()
  return services.filter((service) => there.includes(service))
}

async function loadOnTrial(
  world: World,
  [first = '']: readonly string[],
  change: NodeChange,
): Promise<Problem | undefined> {
  const module = `${change.at}/${change.module}`
  const script = `const m = await import(${JSON.stringify(module)})
for (const name of ${JSON.stringify(change.exports)})
  if (typeof m[name] !== 'function') { console.error('No function ' + name + ' is exported.'); process.exit(1) }
// It is loaded. A connection or a timer of its own would keep the trial waiting.
process.exit(0)`
  const node = ['node', '--input-type=module', '--eval', script]
  const { exitCode, stderr } = await world.exec(first, ['timeout', String(patience), ...node])
  // One that the last good files have ended has no place for a trial: it shows by starting.
  const isDown = /container \S+ is (?:not running|restarting)/i.test(stderr)
  return exitCode === 0 || isDown ? undefined : parseNode(stderr, exitCode, change)
}
