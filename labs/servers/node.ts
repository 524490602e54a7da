import { z } from 'zod'
import { say } from '../language.ts'
import type { Problem } from './kind/problem.ts'
import type { ServerKind } from './kind/server-kind.ts'
import type { World } from './kind/world.ts'

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

export const kind: ServerKind<NodeChange> = {
  change,
  tier: 'application',
  servers: ({ services }) => services,
  take: (world, [{ change }]) => loadModule(world, change),
  // What the module still imports, Node misses by its name.
  mayGo: ({ files, module }, file) => file !== files + module,
}

/** Seconds that loading the module on trial may take. */
const patience = 5

/**
 * Loads the module once beside the running server; only then restarts the servers, all at once: the
 * reader waits, and nobody else does.
 */
async function loadModule(world: World, change: NodeChange): Promise<readonly Problem[]> {
  const there = await world.servers()
  const services = change.services.filter((service) => there.includes(service))
  const [first = ''] = services
  const module = `${change.at}/${change.module}`
  const script = `const m = await import(${JSON.stringify(module)})
for (const name of ${JSON.stringify(change.exports)})
  if (typeof m[name] !== 'function') { console.error('No function ' + name + ' is exported.'); process.exit(1) }
// It is loaded. A connection or a timer of its own would keep the trial waiting.
process.exit(0)`
  const node = ['node', '--input-type=module', '--eval', script]
  const trial = await world.exec(first, ['timeout', String(patience), ...node])
  if (trial.exitCode !== 0) return [parseNode(trial.stderr, trial.exitCode, change)]
  await Promise.all(services.map((service) => world.restart(service)))
  return []
}

/** Node's report: `file:///lab/app/x.ts:7`, the line, a caret, then `SyntaxError: …`. */
export function parseNode(stderr: string, exitCode: number, change: NodeChange): Problem {
  const place = stderr
    .match(/(?:file:\/\/)?(\/[^\s:()]+\.[mc]?[jt]s):(\d+)/g)
    ?.find((one) => one.includes(change.at))
  const [path = '', line] = place?.replace('file://', '').split(':') ?? []
  const file = change.files + (path ? path.slice(change.at.length + 1) : change.module)
  if (exitCode === 124)
    return {
      file,
      message: say(`Loading it takes over ${patience} s.`, `加载它超过了 ${patience} 秒。`),
      meaning: say(
        'A loop without an end at the top of the module?',
        '模块顶层有没有结束不了的循环？',
      ),
    }
  const words = /^(?:\w*Error(?: \[\w+\])?: .*|No function .*)$/m.exec(stderr)?.[0]
  return {
    file,
    line: line ? Number(line) : undefined,
    message: words ?? stderr.trim().slice(0, 400),
  }
}
