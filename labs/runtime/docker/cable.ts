import { say } from '../../language.ts'
import { EnvironmentError } from '../environment-error.ts'
import { containerName, docker } from './docker-cli.ts'
import type { Place } from './place.ts'

interface Socket {
  readonly network: string
  readonly address: string
}

/** The network cable of each server: pulled, the machine lives on and nobody reaches it. */
export class Cable {
  readonly #place: Place
  readonly #pulled = new Map<string, Socket[]>()

  constructor(place: Place) {
    this.#place = place
  }

  async cut(service: string): Promise<void> {
    const name = containerName(this.#place, service)
    const format = '{{range $n, $v := .NetworkSettings.Networks}}{{$n}} {{$v.IPAddress}}\n{{end}}'
    const { stdout } = await this.#docker(['inspect', '--format', format, name])
    const sockets = stdout
      .split('\n')
      .map((line) => line.trim().split(' '))
      .flatMap(([network, address]) => (network && address ? [{ network, address }] : []))
    this.#pulled.set(service, sockets)
    for (const { network } of sockets)
      await this.#docker(['network', 'disconnect', '--force', network, name])
  }

  /** Back on the same networks, with the same addresses and the service's own name. */
  async mend(service: string): Promise<void> {
    const name = containerName(this.#place, service)
    for (const { network, address } of this.#pulled.get(service) ?? [])
      await this.#docker(['network', 'connect', '--ip', address, '--alias', service, network, name])
    this.#pulled.delete(service)
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
