import { containerName, ofProject } from '../runtime/docker/docker-cli.ts'
import type { Place } from '../runtime/docker/place.ts'
import type { LabRequest } from '../runtime/runtime.ts'
import { kindOf } from '../servers/kind/kinds.ts'

/** The same request as a command that the reader can type. */
export function curl(place: Place, request: LabRequest, count: number): string {
  const { front, ports } = place.lab
  const inside = request.port ?? front.port
  const published = Object.entries(ports).find(([, { container }]) => container === inside)?.[0]
  const port = published && !request.to ? place.ports[published] : undefined
  const words = [...fromInside(place, request), 'curl', count === 1 ? '-si' : '-s']
  // curl would tidy such a path up before sending it.
  if (/\.\.|%/.test(request.path)) words.push('--path-as-is')
  if (request.method && request.method !== 'GET') words.push('-X', request.method)
  for (const [name, value] of Object.entries(request.headers ?? {}))
    words.push('-H', quote(`${name}: ${value}`))
  if (request.body) words.push('--data', quote(request.body))
  words.push(
    quote(
      `http://${port ? `127.0.0.1:${port}` : `${request.to ?? front.service}:${inside}`}${request.path}`,
    ),
  )
  const once = words.join(' ')
  return count === 1 ? once : `for i in $(seq ${count}); do ${once}; done`
}

/** The lab's containers, with their states. */
export const list = ({ project }: Place): string => `docker ps --all --filter ${ofProject(project)}`

/** What Docker was told of this server: a template as of `docker inspect --format`. */
export const inspect = (place: Place, server: string, template: string): string =>
  `docker inspect --format '${template}' ${containerName(place, server)}`

/** A server's own name is known in the lab's network alone; some image there has a curl. */
function fromInside(place: Place, { to }: LabRequest): string[] {
  const [server] = place.lab.changes.flatMap((change) => {
    const kind = kindOf(change)
    return kind.hasCurl ? kind.servers(change) : []
  })
  return to && server ? ['docker', 'exec', containerName(place, server)] : []
}

const quote = (text: string) =>
  /^[\w:/.=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
