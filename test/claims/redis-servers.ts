import { Redis } from 'ioredis'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { untilPrinted } from '../real/container.ts'
import { claimsOn } from './claim.ts'
import { Containers, type Outcome } from './containers.ts'

const image = 'redis:8.0'

/** One of several Redis in one container. */
export class RedisServer {
  /** Where a ring may place it. */
  readonly name: string
  /** On the loopback of the container, which all of them share. */
  readonly port: number
  readonly #containers: Containers
  readonly #container: string
  #redis: Redis | undefined
  #pid = ''

  constructor(containers: Containers, container: string, index: number) {
    this.#containers = containers
    this.#container = container
    this.name = `redis${index + 1}`
    this.port = 7001 + index
  }

  /** A connection that gives up when the server dies. */
  get redis(): Redis {
    return this.#redis!
  }

  get pid(): string {
    return this.#pid
  }

  /** Connects, and returns its version. */
  async meet(): Promise<string> {
    const address = await this.#containers.docker('port', this.#container, `${this.port}/tcp`)
    const redis = new Redis(Number(address.split(':').at(-1)), '127.0.0.1', {
      enableAutoPipelining: true,
      enableOfflineQueue: false,
      lazyConnect: true,
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
    })
    redis.on('error', () => {})
    onTestFinished(() => redis.disconnect())
    await redis.connect()
    this.#redis = redis
    const told = await redis.info('server')
    this.#pid = /^process_id:(\d+)/m.exec(told)![1]!
    return /^redis_version:(\S+)/m.exec(told)![1]!
  }

  async info(section: string, field: RegExp): Promise<number> {
    return Number(field.exec(await this.redis.info(section))?.[1] ?? 0)
  }

  /** Runs a program beside it; a failure is an answer. */
  attempt(...command: readonly string[]): Promise<Outcome> {
    return this.#containers.attempt('exec', this.#container, ...command)
  }

  async shell(script: string): Promise<string> {
    return this.#containers.docker('exec', this.#container, 'sh', '-c', script)
  }

  /** STOP is a cable that is cut: it hears nothing and forgets nothing, until CONT. */
  async signal(signal: 'KILL' | 'STOP' | 'CONT'): Promise<void> {
    await this.shell(`kill -${signal} ${this.pid}`)
  }
}

/** Several Redis at once, for the claims of one test file; each claim's are gone when it is over. */
export function openRedises(testFile: string) {
  let containers: Containers | undefined
  const versions: Record<string, string> = {}
  beforeAll(async () => {
    containers = await Containers.open(testFile, [image])
  })
  afterAll(() => containers?.close())

  /** They keep nothing on the disk. `settings`: as on the command line of `redis-server`. */
  async function start(count: number, ...settings: readonly string[]) {
    const here = containers!
    const ports = Array.from({ length: count }, (_, index) => 7001 + index)
    const each = [
      `redis-server --port $port --protected-mode no --save ''`,
      `--cluster-config-file nodes-$port.conf`,
      ...settings,
    ].join(' ')
    const script = `for port in ${ports.join(' ')}; do ${each} & done; wait`
    const publish = ports.flatMap((port) => ['--publish', `127.0.0.1::${port}`])
    const id = await here.run(...publish, here.image(image), 'sh', '-c', script)
    onTestFinished(async () => {
      await here.docker('rm', '--force', '--volumes', id)
    })
    let ready = 0
    const isLast = (line: string) =>
      line.includes('Ready to accept connections') && ++ready === count
    await untilPrinted(here.env, ['logs', '--follow', id], isLast)
    const servers = ports.map((_, index) => new RedisServer(here, id, index))
    for (const server of servers) versions.Redis = await server.meet()
    return servers
  }
  return { claim: claimsOn(() => versions), start }
}
