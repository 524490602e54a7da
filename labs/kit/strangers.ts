import type { LabRequest } from '../runtime/runtime.ts'
import type { Draw } from './draw.ts'
import { addressHeaders, forgedAddress, holdsSecret, withoutSecrets } from './forged.ts'

/** Whoever looks for the client's address in a header, finds this one, whichever it is. */
export const forgedEverywhere = (address: string): Record<string, string> =>
  Object.assign({}, ...addressHeaders.map((name) => forgedAddress(name, address)))

/** What browsers, programs and rumours send in order to get a fresh copy; none of it is a secret. */
export const reloads = (draw: Draw): Record<string, string>[] => [
  { pragma: 'no-cache' },
  { 'cache-control': 'no-cache', pragma: 'no-cache' },
  { 'cache-control': 'max-age=0' },
  { 'cache-control': 'no-store' },
  { cookie: `nocache=${draw.one(['1', 'true', draw.word()])}` },
  { cookie: 'purge=1; refresh=1' },
  ...draw
    .some(4, ['x-refresh', 'x-purge', 'x-no-cache', 'x-bypass', 'x-cache-bypass', 'x-update'])
    .map((name) => ({ [name]: draw.one(['1', 'yes', draw.word(12)]) })),
]

/** What the application sends to a cache when something has changed. */
export interface Notice {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface ForgedNotice {
  readonly request: LabRequest
  /** Something in it was a secret. */
  readonly isSecret: boolean
}

/** The notice of somebody who has read everything but the secrets, be they in a header, path or query. */
export function forgeNotice({ method, url, headers = {} }: Notice): ForgedNotice {
  const { hostname, port, pathname, search } = new URL(url)
  const path = pathname + search
  const forged = Object.entries(headers).map(([name, value]) => [
    name.toLowerCase(),
    withoutSecrets(value),
  ])
  const request = {
    method,
    to: hostname,
    port: Number(port || 80),
    path: withoutSecrets(path),
    headers: Object.fromEntries(forged) as Record<string, string>,
  }
  return { request, isSecret: [path, ...Object.values(headers)].some(holdsSecret) }
}
