import { say } from '../../language.ts'
import { EnvironmentError } from '../environment-error.ts'
import { readConfig } from './compose-config.ts'
import { containerName, docker } from './docker-cli.ts'
import type { Place } from './place.ts'

interface Socket {
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
    const name = containerName(this.#place, service)
    for (const { network } of await this.#sockets(service))
      await this.#docker(['network', 'disconnect', '--force', network, name])
  }

  /** Back on the same networks, with the same addresses and the service's own name. */
  async mend(service: string): Promise<void> {
    const name = containerName(this.#place, service)
    for (const { network, address } of await this.#sockets(service)) {
      const options = [...(address ? ['--ip', address] : []), '--alias', service]
      await this.#docker(['network', 'connect', ...options, network, name])
    }
  }

  /** From Compose's files, not from memory: who mends is often not the process that has cut. */
  async #sockets(service: string): Promise<Socket[]> {
    const { networks = {}, services } = await readConfig(this.#place)
    return Object.entries(services[service]?.networks ?? {}).flatMap(([name, attachment]) => {
      const network = networks[name]?.name
      return network ? [{ network, address: attachment?.ipv4_address }] : []
    })
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
