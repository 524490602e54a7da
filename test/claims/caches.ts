import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll } from 'vitest'
import { alone, Balancer, nginx, type Front } from './balancer.ts'
import { claimsOn, type Versions } from './claim.ts'
import { Containers } from './containers.ts'
import type { Answer, Request } from './crew/orders.ts'
import type { Seen } from './tally.ts'

/** Varnish with this VCL on this port; `flags` are varnishd's. */
export const varnish = (vcl: URL, port: number, ...flags: readonly string[]): Front => ({
  name: 'Varnish',
  image: 'varnish:7.7',
  mounts: [
    ...['--volume', `${fileURLToPath(vcl)}:/etc/varnish/default.vcl:ro`],
    ...['--env', `VARNISH_HTTP_PORT=${port}`, '--env', `VARNISH_PROXY_PORT=${port + 10_000}`],
  ],
  command: flags,
  ready: 'Child launched OK',
  version: ['varnishd', '-V'],
})

/** What the origin has been asked, of one path. */
export interface Account {
  readonly requests: readonly Seen[]
  readonly mostAtOnce: number
}

/**
 * nginx, and other caches beside it, all in one network that has no way out, with the crew's
 * origin behind each of them. They are there while the claims of one test file are tried.
 */
export function openCaches(testFile: string, conf: URL, beside: readonly Front[]) {
  let containers: Containers | undefined
  let balancer: Balancer | undefined
  const versions: Record<string, string> = {}
  const ids: string[] = []
  beforeAll(async () => {
    const images = [nginx(conf), ...beside].map(({ image }) => image)
    containers = await Containers.open(testFile, [...new Set([...images, 'node:22-slim'])])
    balancer = await Balancer.open(containers, nginx(conf), alone)
    await balancer.start('origin')
    Object.assign(versions, balancer.versions)
    for (const front of beside) {
      const place = ['--network', `container:${balancer.id}`, ...front.mounts]
      const image = containers.image(front.image)
      const id = await containers.run(...place, image, ...(front.command ?? []))
      await containers.untilSays(id, front.ready)
      ids.push(id)
      const { output } = await containers.attempt('exec', id, ...front.version)
      versions[front.name] = /\d+(\.\d+)+/.exec(output)?.[0] ?? output
    }
  })
  afterAll(async () => {
    await balancer?.close()
    await containers?.close()
  })
  return {
    get balancer() {
      return balancer!
    },
    get containers() {
      return containers!
    },
    /** The containers beside nginx, in the order of `beside`. */
    ids,
    ask: (request: Request): Promise<Answer> => balancer!.ask(request),
    /** What the origin has been asked of this path. */
    async asked(path: string): Promise<Account> {
      const to = { to: 'origin', port: 3000 }
      const { body } = await balancer!.ask({ ...to, path: `/_asked?path=${path}` })
      return JSON.parse(body) as Account
    },
    /** One of Varnish's counters (varnish-counters(7)), as in `n_object`, in this container. */
    async counted(id: string, name: string): Promise<number> {
      const counters = await containers!.docker('exec', id, 'varnishstat', '-1')
      return Number(new RegExp(`^MAIN\\.${name}\\s+(\\d+)`, 'm').exec(counters)?.[1])
    },
    claim: claimsOn((): Versions => versions),
  }
}

/** A path that the origin answers with these headers. `more`: `ms`, `bytes` and `status`. */
export function answering(
  path: string,
  headers: Readonly<Record<string, string>>,
  more: Readonly<Record<string, number>> = {},
): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(headers)) query.set(`h.${name}`, value)
  for (const [name, value] of Object.entries(more)) query.set(name, `${value}`)
  return `${path}?${query}`
}
