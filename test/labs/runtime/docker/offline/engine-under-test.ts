import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type Container, type Env, untilPrinted } from '../../../../real/container.ts'
import { typescript } from '../../../../real/typescript.ts'

const root = fileURLToPath(new URL('../../../../../', import.meta.url))

/**
 * A folder with everything in its name that a path may hold, and no program likes. It is kept from
 * run to run, since unpacking takes ten seconds and building a minute.
 */
export const folder = join(root, '.four-tiers', 'engine’s tests: "四层", 测试')

/** Until its health check says so. */
export function untilHealthy(env: Env, { id }: Container): Promise<void> {
  const filter = ['--filter', `container=${id}`, '--filter', 'event=health_status']
  const events = ['events', '--since', '0', '--format', '{{.Action}}', ...filter]
  return untilPrinted(env, events, (line) => line.includes('health_status: healthy'))
}

/** Another process with the engine: what it reported, and how it ends. */
export interface OtherProcess {
  readonly child: ChildProcess
  readonly report: Report
  /** Lets it stop its engine, and waits for its end. */
  leave(): Promise<void>
}

export type Report =
  { readonly env: Record<string, string> } | { readonly found: string; readonly next: string }

/** Starts an engine in a process of its own, which may run under another program: `unshare --net`. */
export async function elsewhere(cache: string, ...under: string[]): Promise<OtherProcess> {
  const script = fileURLToPath(new URL('hold-engine.ts', import.meta.url))
  const [program = '', ...args] = [...under, process.execPath, ...typescript, script, cache]
  const child = spawn(program, args, { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  for await (const line of createInterface(child.stdout))
    return {
      child,
      report: JSON.parse(line) as Report,
      async leave() {
        child.stdin.end()
        await exit
      },
    }
  throw new Error('The other process said nothing.')
}
