import { ipv4 } from '../../../../snippets/balancing/ip-hash.ts'
import { canonicalIpv6 } from '../../../../snippets/nginx/ipv6.ts'
import type { VirtualServer } from '../../../../snippets/nginx/read-config.ts'

export interface UrlParts {
  /** As it is sent: with the port, where that is not the usual one. */
  readonly host: string
  readonly port: number
  readonly target: string
  /** Undefined where nothing was said. */
  readonly isTls: boolean | undefined
}

/**
 * Unlike `URL`, it leaves the path as typed: `..` and all. A path alone is asked of the first server,
 * by its own name and port.
 */
export function splitUrl(typed: string, first: VirtualServer): UrlParts | undefined {
  const url = typed.trim()
  if (url.startsWith('/') && !url.startsWith('//')) return atHome(url, first)
  const [, scheme, host, port, path] =
    /^(?:(https?):\/\/)?(\[[^\]/?#]*\]|[^/?#:[\]]+)(?::(\d+))?([/?#].*)?$/i.exec(url) ?? []
  const isTls = scheme === undefined ? undefined : scheme.toLowerCase() === 'https'
  const number = Number(port ?? (isTls ? 443 : 80))
  if (host === undefined || number > 65535 || (host.startsWith('[') && !canonicalIpv6(host)))
    return undefined
  return { host: port ? `${host}:${port}` : host, port: number, target: targetOf(path), isTls }
}

function atHome(path: string, { listens, names }: VirtualServer): UrlParts {
  const port = listens.find((one) => one.port > 0)?.port ?? 80
  const exact = names.find((name) => name.kind === 'exact' && name.host !== '' && name.host !== '_')
  return { host: exact?.text ?? 'localhost', port, target: targetOf(path), isTls: undefined }
}

function targetOf(path = ''): string {
  const target = path.split('#', 1)[0]!
  return target.startsWith('/') ? target : `/${target}`
}

/** The address that a host is, if it is one. */
export function addressOf(host: string): string | undefined {
  const bare = /^\[[^\]]*\]/.exec(host)?.[0] ?? host.split(':', 1)[0]!
  return bare.startsWith('[') ? canonicalIpv6(bare) : ipv4(bare) && bare
}
