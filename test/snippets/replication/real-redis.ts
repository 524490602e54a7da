import { expect } from 'vitest'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import { docker, start, type Container } from '../../real/container.ts'

/** A Redis, or a Sentinel, on the loopback of a container that several share. */
export class RealServer {
  readonly port: number
  readonly #engine: Engine
  readonly #container: Container
  readonly #command: readonly string[]

  constructor(engine: Engine, container: Container, port: number, command: readonly string[]) {
    this.port = port
    this.#engine = engine
    this.#container = container
    this.#command = command
  }

  /** Where it writes what it has to say. */
  get #log(): string {
    return `/tmp/${this.port}.log`
  }

  /** Starts the process, with nothing but what its configuration says. */
  async begin(): Promise<void> {
    const command = [...this.#command, '--port', `${this.port}`, '--logfile', this.#log]
    await docker(this.#engine.env, 'exec', '--detach', this.#container.id, ...command)
    await expect.poll(() => this.cli('PING').catch(() => ''), patient).toBe('PONG')
  }

  cli(...command: readonly string[]): Promise<string> {
    return this.#container.exec('redis-cli', '-p', `${this.port}`, ...command)
  }

  /** One field of `INFO`; the empty text if there is none. */
  async info(section: string, field: string): Promise<string> {
    const told = await this.cli('INFO', section)
    return new RegExp(`^${field}:(.*?)\\r?$`, 'm').exec(told)?.[1] ?? ''
  }

  async number(section: string, field: string): Promise<number> {
    return Number(await this.info(section, field))
  }

  /** STOP: it answers nobody and forgets nothing, until CONT. */
  async signal(signal: 'KILL' | 'STOP' | 'CONT', pid?: string): Promise<string> {
    const known = pid ?? (await this.info('server', 'process_id'))
    await this.#container.exec('sh', '-c', `kill -${signal} ${known}`)
    return known
  }

  async said(): Promise<string> {
    return this.#container.exec('cat', this.#log)
  }
}

/** On a busy machine a second is short. */
export const patient = { timeout: 60_000, interval: 50 } as const

export interface RealPlace {
  /** One that is not running yet. `settings`: as on the command line. */
  redis(port: number, ...settings: readonly string[]): RealServer
  sentinel(port: number, ...lines: readonly string[]): Promise<RealServer>
}

/** An empty container, as long as `use` lasts. */
export async function withRedises<T>(
  engine: Engine,
  use: (place: RealPlace) => Promise<T>,
): Promise<T> {
  const image = `${engine.imagePrefix}redis:8.0`
  const wait = ['sh', '-c', 'while :; do sleep 60; done']
  const container = await start(engine.env, '--init', '--network', 'none', image, ...wait)
  try {
    return await use({
      redis: (port, ...settings) =>
        new RealServer(engine, container, port, ['redis-server', '--save', '', ...settings]),
      async sentinel(port, ...lines) {
        const file = `/tmp/sentinel-${port}.conf`
        const text = lines.map((line) => `${line}\n`).join('')
        await container.exec('sh', '-c', `printf '%s' '${text}' > ${file}`)
        const server = new RealServer(engine, container, port, ['redis-sentinel', file])
        await server.begin()
        return server
      },
    })
  } finally {
    await container.remove()
  }
}

/** Until this copy has what its master has. */
export async function untilCopied(master: RealServer, copy: RealServer): Promise<void> {
  const offsetOf = (server: RealServer) => server.info('replication', 'master_repl_offset')
  await expect.poll(() => copy.info('replication', 'master_link_status'), patient).toBe('up')
  await expect
    .poll(async () => (await offsetOf(copy)) === (await offsetOf(master)), patient)
    .toBe(true)
}
