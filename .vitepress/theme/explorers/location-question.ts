import { whoAnswers, type WhoAnswers } from '../../../snippets/nginx/answer.ts'
import { ConfigError } from '../../../snippets/nginx/config-error.ts'
import { readConfig, type VirtualServer } from '../../../snippets/nginx/read-config.ts'

/** What the reader typed, read and answered. */
export type Asked =
  | { readonly kind: 'wrong-config'; readonly error: ConfigError }
  | { readonly kind: 'wrong-url' }
  | { readonly kind: 'no-server' }
  | {
      readonly kind: 'answered'
      readonly servers: readonly VirtualServer[]
      readonly answer: WhoAnswers
      /** Addresses that some `listen` names; where there are any, the reader chooses. */
      readonly addresses: readonly string[]
    }

/** Any address that no `listen` names. */
export const elsewhere = '192.0.2.1'

export function ask(text: string, url: string, address: string): Asked {
  const servers = read(text)
  if (servers instanceof ConfigError) return { kind: 'wrong-config', error: servers }
  if (servers.length === 0) return { kind: 'no-server' }
  const parts = splitUrl(url)
  if (!parts) return { kind: 'wrong-url' }
  const addresses = [
    ...new Set(servers.flatMap(({ listens }) => listens.map((one) => one.address))),
  ].filter((one) => one !== '*')
  const socket = { address: addresses.includes(address) ? address : elsewhere, port: parts.port }
  const answer = whoAnswers(servers, { socket, host: parts.host, target: parts.target })
  return { kind: 'answered', servers, answer, addresses }
}

function read(text: string): readonly VirtualServer[] | ConfigError {
  try {
    return readConfig(text)
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
}

/** Unlike `URL`, it leaves the path as typed: `..` and all. */
export function splitUrl(url: string) {
  const [, host, port, path] = /^http:\/\/([^/?#:]+)(?::(\d+))?(.*)$/.exec(url.trim()) ?? []
  if (host === undefined || Number(port ?? 80) > 65535) return undefined
  const target = path!.split('#', 1)[0]!
  const withSlash = target.startsWith('/') ? target : `/${target}`
  return { host: port ? `${host}:${port}` : host, port: Number(port ?? 80), target: withSlash }
}
