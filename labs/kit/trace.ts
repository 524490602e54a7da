import type { Place } from '../runtime/docker/place.ts'
import type { LabRequest } from '../runtime/runtime.ts'

/** The same request as a command that the reader can type. */
export function curl(place: Place, request: LabRequest, count: number): string {
  const { front, ports } = place.lab
  const inside = request.port ?? front.port
  const published = Object.entries(ports).find(([, { container }]) => container === inside)?.[0]
  const port = published && !request.to ? place.ports[published] : undefined
  const words = ['curl', count === 1 ? '-si' : '-s']
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

const quote = (text: string) =>
  /^[\w:/.=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
