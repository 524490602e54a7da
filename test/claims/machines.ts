import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { freeSubnet } from '../../labs/session/subnet.ts'
import { claimsOn } from './claim.ts'
import { Containers, type Outcome } from './containers.ts'
import { Server, type Settings } from './server.ts'

const image = 'redis:8.0'

/**
 * A container with several servers in it, which die together. It has two cables: one into the network
 * of the machines, which can be pulled out, and one by which the tests speak to its servers.
 */
export class Machine {
  /** Among the machines. */
  readonly address: string
  readonly #containers: Containers
  readonly #network: string
  readonly #id: string
  readonly #ports: readonly number[]
  #taken = 0

  private constructor(
    containers: Containers,
    network: string,
    address: string,
    id: string,
    ports: readonly number[],
  ) {
    this.#containers = containers
    this.#network = network
    this.address = address
    this.#id = id
    this.#ports = ports
  }

  /** With room for so many servers. */
  static async start(containers: Containers, network: string, address: string, servers: number) {
    const ports = Array.from({ length: servers }, (_, index) => 7001 + index)
    const publish = ports.flatMap((port) => ['--publish', `127.0.0.1::${port}`])
    const program = [containers.image(image), 'sleep', 'infinity']
    const id = await containers.run('--init', ...publish, ...program)
    onTestFinished(async () => {
      await containers.docker('rm', '--force', '--volumes', id)
    })
    const machine = new Machine(containers, network, address, id, ports)
    await machine.mend()
    return machine
  }

  /** It keeps nothing on the disk. `settings`: lines of its configuration. */
  redis(...settings: Settings): Promise<Server> {
    return Server.start(this, this.#port(), 'redis-server', [
      'save ""',
      // By default a master waits 5 s for further copies, to send to all of them at once.
      'repl-diskless-sync-delay 0',
      ...settings,
    ])
  }

  sentinel(...settings: Settings): Promise<Server> {
    return Server.start(this, this.#port(), 'redis-sentinel', settings)
  }

  #port(): number {
    const port = this.#ports[this.#taken++]
    if (port === undefined) throw new Error(`room for ${this.#ports.length} servers, all taken`)
    return port
  }

  shell(script: string, ...args: readonly string[]): Promise<string> {
    return this.#containers.docker('exec', this.#id, 'sh', '-c', script, 'sh', ...args)
  }

  /** Runs a program; a failure is an answer. */
  attempt(...command: readonly string[]): Promise<Outcome> {
    return this.#containers.attempt('exec', this.#id, ...command)
  }

  /** Begins a program that goes on by itself. */
  async begin(folder: string, ...command: readonly string[]): Promise<void> {
    await this.#containers.docker('exec', '--detach', '--workdir', folder, this.#id, ...command)
  }

  async published(port: number): Promise<number> {
    const told = await this.#containers.docker('port', this.#id, `${port}/tcp`)
    return Number(told.split('\n')[0]!.split(':').at(-1))
  }

  /** Its servers live on; nobody of the other machines reaches them, nor they anybody. */
  async cut(): Promise<void> {
    await this.#containers.docker('network', 'disconnect', '--force', this.#network, this.#id)
  }

  async mend(): Promise<void> {
    const at = ['--ip', this.address, this.#network, this.#id]
    await this.#containers.docker('network', 'connect', ...at)
  }

  /** Its power fails. */
  async die(): Promise<void> {
    await this.#containers.docker('kill', this.#id)
    await this.#containers.docker('wait', this.#id)
  }
}

/**
 * Machines for the claims of one test file; each claim's are gone when it is over. `place` is the third
 * octet of their network: no lab has this number, and no other test file.
 */
export function openMachines(testFile: string, place: number) {
  const network = `four-tiers-claims-${place}`
  let containers: Containers | undefined
  let subnet = ''
  let used = 0
  const versions: Record<string, string> = {}
  beforeAll(async () => {
    containers = await Containers.open(testFile, [image])
    subnet = await freeSubnet(place, network, containers.env)
    const range = ['--subnet', `${subnet}.0/24`, '--internal']
    await containers.docker('network', 'create', ...containers.label, ...range, network)
    const { output } = await containers.attempt(
      ...['run', '--rm', '--network', 'none', ...containers.label],
      ...[containers.image(image), 'redis-server', '--version'],
    )
    versions.Redis = /v=([\d.]+)/.exec(output)?.[1] ?? output
  })
  afterAll(() => containers?.close())

  /** As many machines as numbers, each with room for so many servers. */
  async function start(...servers: readonly number[]): Promise<readonly Machine[]> {
    const started: Machine[] = []
    for (const count of servers)
      started.push(await Machine.start(containers!, network, `${subnet}.${11 + used++}`, count))
    return started
  }
  return { claim: claimsOn(() => versions), start }
}
