import { Redis, type RedisOptions } from 'ioredis'
import { expect, onTestFinished } from 'vitest'
import type { Machine } from './machines.ts'

/** Lines of a configuration. */
export type Settings = readonly string[]

/** The machine may be busy, and nothing here is measured by when it is noticed. */
export const patience = { timeout: 120_000, interval: 100 } as const

/** One Redis or one Sentinel on a machine. */
export class Server {
  readonly machine: Machine
  readonly port: number
  readonly #program: 'redis-server' | 'redis-sentinel'
  readonly #folder: string
  #redis: Redis | undefined
  #pid = ''

  private constructor(machine: Machine, port: number, program: 'redis-server' | 'redis-sentinel') {
    this.machine = machine
    this.port = port
    this.#program = program
    this.#folder = `/tmp/${port}`
  }

  static async start(
    machine: Machine,
    port: number,
    program: 'redis-server' | 'redis-sentinel',
    settings: Settings,
  ): Promise<Server> {
    const server = new Server(machine, port, program)
    const folder = server.#folder
    const all = [`port ${port}`, 'protected-mode no', `dir ${folder}`, `logfile ${folder}/log`]
    const write = `mkdir -p ${folder} && printf '%s\\n' "$@" > ${folder}/server.conf`
    await machine.shell(write, ...all, ...settings)
    await server.start()
    return server
  }

  /** For the first time, or again after it was killed; what it has written into its folder is still there. */
  async start(): Promise<void> {
    await this.machine.begin(this.#folder, this.#program, `${this.#folder}/server.conf`)
    await expect.poll(() => this.#ping(), patience).toBe('PONG')
    this.#redis?.disconnect()
    this.#redis = await this.client({ retryStrategy: () => 50 })
    this.#pid = /^process_id:(\d+)/m.exec(await this.redis.info('server'))![1]!
  }

  async #ping(): Promise<string> {
    const { output } = await this.machine.attempt('redis-cli', '-p', `${this.port}`, 'PING')
    return output.trim()
  }

  /** A connection that comes back, since Sentinel cuts them; a command that meets none fails at once. */
  get redis(): Redis {
    return this.#redis!
  }

  /** A connection of its own, which does not come back. */
  async client(options: RedisOptions = {}): Promise<Redis> {
    const redis = new Redis(await this.machine.published(this.port), '127.0.0.1', {
      enableOfflineQueue: false,
      lazyConnect: true,
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
      ...options,
    })
    redis.on('error', () => {})
    onTestFinished(() => redis.disconnect())
    await redis.connect()
    return redis
  }

  /** A field of INFO, as it stands there; '' if it does not. */
  async info(section: string, field: string): Promise<string> {
    const told = await this.redis.info(section)
    return new RegExp(`^${field}:(.*?)\\r?$`, 'm').exec(told)?.[1] ?? ''
  }

  async count(section: string, field: string): Promise<number> {
    return Number(await this.info(section, field))
  }

  /** STOP is a machine that stands still: it says and hears nothing and forgets nothing, until CONT. */
  async signal(signal: 'STOP' | 'CONT'): Promise<void> {
    await this.machine.shell(`kill -${signal} ${this.#pid}`)
  }

  /** The moment at which it was killed, by the clock that its machine's logs go by. */
  async kill(): Promise<number> {
    const untilGone = `while kill -0 ${this.#pid} 2>/dev/null; do sleep 0.01; done`
    const script = `date +%s%3N && kill -KILL ${this.#pid} && ${untilGone}`
    return Number(await this.machine.shell(script))
  }

  log(): Promise<string> {
    return this.machine.shell(`cat ${this.#folder}/log`)
  }
}
