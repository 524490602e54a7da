import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'

const root = fileURLToPath(new URL('../../../../../', import.meta.url))

/**
 * A folder with everything in its name that a path may hold, and no program likes. It is kept from
 * run to run, since unpacking takes ten seconds and building a minute.
 */
export const folder = join(root, '.four-tiers', 'engine’s tests: "四层", 测试')

export type Env = Readonly<Record<string, string>>

/** Runs docker against an engine and returns what it printed. */
export async function docker(env: Env, ...args: string[]): Promise<string> {
  const { stdout } = await execa('docker', args, { env, stdin: 'ignore' })
  return stdout
}

/** A container under test, and how to speak of it. */
export interface Container {
  readonly id: string
  exec(...command: string[]): Promise<string>
  logs(): Promise<string>
  inspect(format: string): Promise<string>
  remove(): Promise<void>
}

export async function start(env: Env, ...args: string[]): Promise<Container> {
  const id = await docker(env, 'run', '--detach', ...args)
  return {
    id,
    exec: (...command) => docker(env, 'exec', id, ...command),
    async logs() {
      const { all } = await execa('docker', ['logs', id], { env, all: true })
      return all
    },
    inspect: (format) => docker(env, 'inspect', '--format', format, id),
    async remove() {
      await docker(env, 'rm', '--force', '--volumes', id)
    },
  }
}

/** Until it says so in its log; there is no other event for the end of a start. */
export async function untilLogged(env: Env, { id }: Container, text: string): Promise<void> {
  const log = spawn('docker', ['logs', '--follow', id], { env: { ...process.env, ...env } })
  const exit = once(log, 'exit').then(() => 'exit')
  const seen = new Promise((resolve) => {
    for (const stream of [log.stdout, log.stderr])
      createInterface(stream).on('line', (line) => line.includes(text) && resolve('seen'))
  })
  const outcome = await Promise.race([exit, seen])
  log.kill()
  if (outcome !== 'seen') throw new Error(`The container ended without saying ${text}`)
}

/** Until its health check says so. */
export async function untilHealthy(env: Env, { id }: Container): Promise<void> {
  const filter = ['--filter', `container=${id}`, '--filter', 'event=health_status']
  const events = spawn('docker', ['events', '--since', '0', '--format', '{{.Action}}', ...filter], {
    env: { ...process.env, ...env },
  })
  for await (const line of createInterface(events.stdout))
    if (line.includes('health_status: healthy')) break
  events.kill()
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
  const [program = '', ...args] = [...under, process.execPath, '--import', 'tsx', script, cache]
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
