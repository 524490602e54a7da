import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { Containers } from './containers.ts'

const folder = fileURLToPath(new URL('./docker', import.meta.url))

/** Builds an image from a Dockerfile of docker/, and returns its name and what the build said. */
export async function build(containers: Containers, dockerfile: string, context = folder) {
  const name = `four-tiers-claims:${randomUUID()}`
  const prefix = ['--build-arg', `IMAGE_PREFIX=${containers.imagePrefix}`, '--network', 'none']
  const file = ['--file', `${folder}/${dockerfile}`, '--tag', name, ...containers.label]
  const args = ['build', '--progress', 'plain', ...prefix, ...file, context]
  const { exitCode, output } = await containers.attempt(...args)
  if (exitCode !== 0) throw new Error(output)
  return { name, output }
}

/** A container with docker/server.mts in it, reached on a port of 127.0.0.1. */
export class TeaServer {
  readonly id: string
  readonly #containers: Containers

  private constructor(containers: Containers, id: string) {
    this.#containers = containers
    this.id = id
  }

  static async start(
    containers: Containers,
    image: string,
    options: readonly string[] = [],
    command: readonly string[] = [],
  ): Promise<TeaServer> {
    const publish = ['--publish', '127.0.0.1::3000']
    const id = await containers.run(...publish, ...options, image, ...command)
    await containers.untilSays(id, 'listening')
    return new TeaServer(containers, id)
  }

  async port(): Promise<number> {
    const address = await this.#containers.docker('port', this.id, '3000/tcp')
    return Number(address.split(':').at(-1))
  }

  async get(path: string): Promise<Response> {
    return fetch(`http://127.0.0.1:${await this.port()}${path}`)
  }

  /** Asks, and is back when the server has begun to answer: from then on the request is in flight. */
  async inFlight(count: number, path: string): Promise<readonly Promise<boolean>[]> {
    const begun = await Promise.all(Array.from({ length: count }, () => this.get(path)))
    return begun.map((response) =>
      response.text().then(
        () => true,
        () => false,
      ),
    )
  }

  /** `docker stop` with this much patience: how long it took, and how the process ended. */
  async stop(graceSeconds: number): Promise<{ readonly seconds: number; readonly code: number }> {
    const started = performance.now()
    await this.#containers.docker('stop', '--time', `${graceSeconds}`, this.id)
    const seconds = (performance.now() - started) / 1000
    return { seconds, code: Number(await this.state('.ExitCode')) }
  }

  async kill(): Promise<void> {
    await this.#containers.docker('kill', this.id)
  }

  state(field: string): Promise<string> {
    return this.#containers.docker('inspect', '--format', `{{.State${field}}}`, this.id)
  }
}
