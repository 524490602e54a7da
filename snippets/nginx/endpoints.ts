import { canonicalIpv6 } from './ipv6.ts'

/** An address, and the ports on it that a `listen` takes. */
export interface Endpoint {
  /**
   * `*` for every IPv4 address, `[::]` for every IPv6 address; `unix:…` for a file; a name as it is
   * written, where nobody knows its addresses.
   */
  readonly address: string
  /** 0 of a file. */
  readonly port: number
  readonly lastPort: number
  /** The name of which nobody knows here whether it points to this address. */
  readonly host: string | undefined
}

export const takes = ({ port, lastPort }: Endpoint, asked: number): boolean =>
  port <= asked && asked <= lastPort

/** The first port that both take. */
export function sharedPort(one: Endpoint, other: Endpoint): number | undefined {
  const first = Math.max(one.port, other.port)
  return takes(one, first) && takes(other, first) ? first : undefined
}

/**
 * `80`, `8080-8090`, `*`, `*:80`, `127.0.0.1:80-82`, `[::]:80`, `localhost:80`, `unix:/run/x`.
 * https://nginx.org/en/docs/http/ngx_http_core_module.html#listen
 */
export function endpointsOf(where: string, refuse: (why: string) => Error): readonly Endpoint[] {
  if (/^unix:/i.test(where)) {
    if (where.length === 'unix:'.length) throw refuse('no path in the unix domain socket')
    return [{ address: where, port: 0, lastPort: 0, host: undefined }]
  }
  const [host, text] = split(where, refuse)
  const [port, lastPort] = portsOf(text, refuse)
  if (host === '' || host === '[]') throw refuse('no host')
  return addressesOf(host, refuse).map((one) => ({ ...one, port, lastPort }))
}

/** A number alone is a port; a name may have a dash in it. */
function split(where: string, refuse: (why: string) => Error): readonly [string, string] {
  if (where.startsWith('[')) {
    const [, host, rest] = /^(\[[^\]]*\])((?::[^/]*)?)$/s.exec(where) ?? []
    if (host === undefined) throw refuse('invalid host')
    return [host, rest === '' ? '80' : rest!.slice(1)]
  }
  if (/[/?]/.test(where)) throw refuse('invalid host')
  const colon = where.indexOf(':')
  if (colon >= 0) return [where.slice(0, colon), where.slice(colon + 1)]
  return /^\d+(?:-\d+)?$/.test(where) ? ['*', where] : [where, '80']
}

function portsOf(text: string, refuse: (why: string) => Error): readonly [number, number] {
  const dash = text.indexOf('-')
  const [first, last] = dash < 0 ? [text, text] : [text.slice(0, dash), text.slice(dash + 1)]
  if (!isPort(first) || !isPort(last)) throw refuse('invalid port')
  if (Number(first) > Number(last)) throw refuse('invalid port range')
  return [Number(first), Number(last)]
}

const isPort = (text: string): boolean =>
  /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65535

function addressesOf(
  host: string,
  refuse: (why: string) => Error,
): readonly Pick<Endpoint, 'address' | 'host'>[] {
  const known = (address: string) => ({ address, host: undefined })
  if (host.startsWith('[')) {
    const address = canonicalIpv6(host)
    if (address === undefined) throw refuse('invalid IPv6 address')
    return [known(address)]
  }
  const address = host === '*' ? host : ipv4Of(host)
  if (address !== undefined) return [known(address === '0.0.0.0' ? '*' : address)]
  const name = host.toLowerCase()
  // Every system knows the first; the second only where it has IPv6.
  if (name === 'localhost') return [known('127.0.0.1'), { address: '[::1]', host: name }]
  return [{ address: name, host: name }]
}

/** nginx takes `127.000.0.1` and `127..0.1`, too. */
function ipv4Of(host: string): string | undefined {
  const bytes = host.split('.').map(Number)
  const isAddress =
    /^[\d.]*$/.test(host) && bytes.length === 4 && bytes.every((byte) => byte <= 255)
  return isAddress ? bytes.join('.') : undefined
}
