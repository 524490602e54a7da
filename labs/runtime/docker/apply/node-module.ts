import { say } from '../../../language.ts'
import type { Change } from '../../../catalog/definition.ts'
import type { Problem } from '../../runtime.ts'
import { containerName, docker } from '../docker-cli.ts'
import { readStatus, waitUntilHealthy } from '../health.ts'
import type { Place } from '../place.ts'

type NodeChange = Extract<Change, { by: 'node' }>

/** Seconds that loading the module on trial may take. */
const patience = 5

/** Loads the module once beside the running server; only then restarts the servers, in turn. */
export async function applyNode(place: Place, change: NodeChange): Promise<Problem[]> {
  const running = new Set((await readStatus(place)).map(({ service }) => service))
  const services = change.services.filter((service) => running.has(service))
  const [first = ''] = services
  const module = `${change.at}/${change.module}`
  const script = `const m = await import(${JSON.stringify(module)})
for (const name of ${JSON.stringify(change.exports)})
  if (typeof m[name] !== 'function') { console.error('No function ' + name + ' is exported.'); process.exit(1) }`
  const node = ['node', '--input-type=module', '--eval', script]
  const name = containerName(place, first)
  const trial = await docker(place, ['exec', name, 'timeout', String(patience), ...node])
  if (trial.exitCode !== 0) return [parseNode(trial.stderr, trial.exitCode, change)]
  for (const service of services) {
    await docker(place, ['restart', '--time', '2', containerName(place, service)])
    await waitUntilHealthy(place, [service])
  }
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
