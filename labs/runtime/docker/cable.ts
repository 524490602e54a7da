import { say } from '../../language.ts'
import { EnvironmentError } from '../environment-error.ts'
import { readConfig } from './compose-config.ts'
import { containerName, docker } from './docker-cli.ts'
import type { Place } from './place.ts'

/** By which a lab's servers are asked; its other networks are for servers among themselves. */
const front = 'lab'

interface Socket {
  /** As Compose's file names it, and as the engine does. */
  readonly name: string
  readonly network: string
  readonly address?: string
}

/** The network cable of each server: pulled, the machine lives on and nobody reaches it. */
export class Cable {
  readonly #place: Place

  constructor(place: Place) {
    this.#place = place
  }

  async cut(service: string): Promise<void> {
    await this.#pull(service, await this.#sockets(service))
  }

  /** Off every network but the one by which it is asked. */
  async split(service: string): Promise<void> {
    const sockets = await this.#sockets(service)
    const others = sockets.filter(({ name }) => name !== front)
    if (others.length === 0 || others.length === sockets.length) throw this.#cannotSplit(service)
    await this.#pull(service, others)
  }

  async #pull(service: string, sockets: readonly Socket[]): Promise<void> {
    const name = containerName(this.#place, service)
    for (const { network } of sockets)
      await this.#docker(['network', 'disconnect', '--force', network, name])
  }

  /** Back on the networks that it is missing on, with the same addresses and the service's own name. */
  async mend(service: string): Promise<void> {
    const name = containerName(this.#place, service)
    const format = '{{range $name, $_ := .NetworkSettings.Networks}}{{println $name}}{{end}}'
    const { stdout } = await this.#docker(['inspect', '--format', format, name])
    const plugged = new Set(stdout.split('\n').map((line) => line.trim()))
    for (const { network, address } of await this.#sockets(service)) {
      if (plugged.has(network)) continue
      const options = [...(address ? ['--ip', address] : []), '--alias', service]
      await this.#docker(['network', 'connect', ...options, network, name])
    }
  }

  /** From Compose's files, not from memory: who mends is often not the process that has cut. */
  async #sockets(service: string): Promise<Socket[]> {
    const { networks = {}, services } = await readConfig(this.#place)
    return Object.entries(services[service]?.networks ?? {}).flatMap(([name, attachment]) => {
      const network = networks[name]?.name
      return network ? [{ name, network, address: attachment?.ipv4_address }] : []
    })
  }

  #cannotSplit(service: string): EnvironmentError {
    const { number } = this.#place.lab
    return new EnvironmentError(
      say(
        `${service} has no network for servers among themselves: there is nothing to split off.`,
        `${service} 没有服务器之间专用的网络，断不开。`,
      ),
      `npm run lab ${number} break ${service} cut`,
    )
  }

  async #docker(args: readonly string[]) {
    const result = await docker(this.#place, args)
    if (result.exitCode === 0) return result
    throw new EnvironmentError(
      say(
        `docker ${args[0]}: ${result.stderr.trim()}`,
        `docker ${args[0]}：${result.stderr.trim()}`,
      ),
      `npm run lab ${this.#place.lab.number} down`,
    )
  }
}
