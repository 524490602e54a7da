import { fileURLToPath } from 'node:url'
import type { Containers } from './containers.ts'
import { Foreman } from './crew/foreman.ts'
import type { Answer, Request, Signal } from './crew/orders.ts'

/** A program that stands in front of web servers. */
export interface Front {
  readonly image: string
  readonly mounts: readonly string[]
  /** Where the image's own is not the one. */
  readonly command?: readonly string[]
  /** What its log says when it serves. */
  readonly ready: string
  /** Prints its version. */
  readonly version: readonly string[]
  readonly name: string
}

const mount = (source: string, target: string) => ['--volume', `${source}:${target}:ro`]

export const nginx = (conf: URL): Front => ({
  name: 'nginx',
  image: 'nginx:1.26',
  mounts: [
    ...mount(
      fileURLToPath(new URL('./nginx/nginx.conf', import.meta.url)),
      '/etc/nginx/nginx.conf',
    ),
    ...mount(fileURLToPath(conf), '/etc/nginx/conf.d/claims.conf'),
    ...mount(fileURLToPath(new URL('./nginx/app', import.meta.url)), '/srv/app'),
  ],
  ready: 'start worker process ',
  version: ['nginx', '-v'],
})

export const haproxy = (config: URL): Front => ({
  name: 'HAProxy',
  image: 'haproxy:3.0',
  mounts: mount(fileURLToPath(config), '/usr/local/etc/haproxy/haproxy.cfg'),
  ready: 'Loading success',
  version: ['haproxy', '-v'],
})

/** No balancer at all: one application that the crew asks itself. */
export const tea: Front = {
  name: 'Node.js',
  image: 'node:22-slim',
  mounts: mount(fileURLToPath(new URL('./docker', import.meta.url)), '/app'),
  command: ['node', '/app/server.mts'],
  ready: 'listening',
  version: ['node', '--version'],
}

/** On the front's own loopback every server has an address of its own, as a machine has. */
const loopback = [
  ['web1', '127.0.1.1'],
  ['web2', '127.0.1.2'],
  ['web3', '127.0.1.3'],
  ['origin', '127.0.1.8'],
  ['tea-counter', '127.0.1.9'],
].flatMap((host) => ['--add-host', host.join(':')])
/** A network with no way out, and nobody else in it. */
export const alone = ['--network', 'none', ...loopback]

/** A real balancer, and a crew in its network: the web servers behind it and the clients before. */
export class Balancer {
  readonly id: string
  readonly versions: Readonly<Record<string, string>>
  readonly #crew: Foreman
  readonly #containers: Containers

  private constructor(
    containers: Containers,
    id: string,
    crew: Foreman,
    versions: Readonly<Record<string, string>>,
  ) {
    this.#containers = containers
    this.id = id
    this.#crew = crew
    this.versions = versions
  }

  static async open(
    containers: Containers,
    { image, mounts, command = [], ready, version, name }: Front,
    network: readonly string[] = alone,
  ): Promise<Balancer> {
    const id = await containers.run(...network, ...mounts, containers.image(image), ...command)
    await containers.untilSays(id, ready)
    const { output } = await containers.attempt('exec', id, ...version)
    const versions = { [name]: /\d+(\.\d+)+/.exec(output)?.[0] ?? output }
    return new Balancer(containers, id, await Foreman.hire(containers, id), versions)
  }

  /** Starts a web server, or starts it again. */
  start(server: string): Promise<void> {
    return this.#crew.tell({ do: 'start', server })
  }

  async startAll(...servers: readonly string[]): Promise<void> {
    for (const server of servers) await this.start(server)
  }

  signal(server: string, signal: Signal): Promise<void> {
    return this.#crew.tell({ do: 'signal', server, signal })
  }

  kill(server: string): Promise<void> {
    return this.signal(server, 'SIGKILL')
  }

  async ask(request: Request): Promise<Answer> {
    const [answer] = await this.askAll([request])
    return answer!
  }

  askAll(requests: readonly Request[], { atOnce = 1 } = {}): Promise<readonly Answer[]> {
    return this.#crew.tell({ do: 'send', requests, atOnce })
  }

  /** The same request, `count` times. */
  askTimes(count: number, request: Request, options?: { readonly atOnce: number }) {
    return this.askAll(Array<Request>(count).fill(request), options)
  }

  /** The same request without a pause, until `ebb`. */
  flood(request: Request, { atOnce }: { readonly atOnce: number }): Promise<void> {
    return this.#crew.tell({ do: 'flood', request, atOnce })
  }

  ebb(): Promise<readonly Answer[]> {
    return this.#crew.tell({ do: 'ebb' })
  }

  /** Its configuration read anew; over when the last of the old workers has finished. */
  async reload(): Promise<void> {
    const old = await this.#workers()
    await this.#containers.docker('kill', '--signal', 'HUP', this.id)
    while ((await this.#workers()).some((pid) => old.includes(pid)));
  }

  async #workers(): Promise<readonly string[]> {
    const children = ['cat', '/proc/1/task/1/children']
    return (await this.#containers.docker('exec', this.id, ...children)).trim().split(' ')
  }

  close(): Promise<void> {
    return this.#crew.dismiss()
  }
}
