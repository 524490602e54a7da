import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { execa } from 'execa'

/** An engine's: DOCKER_HOST and what goes with it. */
export type Env = Readonly<Record<string, string>>

/** Runs docker against an engine and returns what it printed; a failure is an error. */
export async function docker(env: Env, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execa('docker', args, { env, stdin: 'ignore' })
  return stdout
}

/** A container under test, and how to speak of it. */
export interface Container {
  readonly id: string
  exec(...command: readonly string[]): Promise<string>
  logs(): Promise<string>
  inspect(format: string): Promise<string>
  /** The port of 127.0.0.1 under which one of its own is published. */
  published(port: number): Promise<number>
  remove(): Promise<void>
}

/** `docker run --detach`, with these words behind it. */
export async function start(env: Env, ...args: readonly string[]): Promise<Container> {
  const id = await docker(env, 'run', '--detach', ...args)
  return {
    id,
    exec: (...command) => docker(env, 'exec', id, ...command),
    async logs() {
      const { all } = await execa('docker', ['logs', id], { env, all: true })
      return all
    },
    inspect: (format) => docker(env, 'inspect', '--format', format, id),
    async published(port) {
      const address = await docker(env, 'port', id, String(port))
      return Number(address.trim().split(':').at(-1))
    },
    async remove() {
      await docker(env, 'rm', '--force', '--volumes', id)
    },
  }
}

/** Until its log has said so as often as this; there is no other event for the end of a start. */
export function untilLogged(env: Env, { id }: Container, text: string, times = 1): Promise<void> {
  let seen = 0
  const isIt = (line: string) => line.includes(text) && ++seen === times
  return untilPrinted(env, ['logs', '--follow', id], isIt)
}

/** Follows what `docker …` prints, up to the line that is awaited. */
export async function untilPrinted(
  env: Env,
  args: readonly string[],
  isIt: (line: string) => boolean,
): Promise<void> {
  const following = spawn('docker', args, { env: { ...process.env, ...env } })
  const lines: string[] = []
  const seen = new Promise<true>((resolve) => {
    for (const stream of [following.stdout, following.stderr])
      createInterface(stream).on('line', (line) => {
        lines.push(line)
        if (isIt(line)) resolve(true)
      })
  })
  const outcome = await Promise.race([seen, once(following, 'close')])
  following.kill()
  if (outcome !== true) throw new Error(`docker ${args.join(' ')} ended with:\n${lines.join('\n')}`)
}
