import { whoAnswers, type WhoAnswers } from '../../../../snippets/nginx/answer.ts'
import type { ConfigError } from '../../../../snippets/nginx/config-error.ts'
import { inspectConfig, type VirtualServer } from '../../../../snippets/nginx/read-config.ts'
import type { Remarks } from '../../../../snippets/nginx/remarks.ts'
import { addressOf, splitUrl } from './location-url.ts'

/** What the reader typed, read and answered. */
export type Asked =
  | { readonly kind: 'wrong-config'; readonly problems: readonly ConfigError[] }
  | { readonly kind: 'wrong-url' }
  | { readonly kind: 'no-server' }
  | {
      readonly kind: 'answered'
      readonly servers: readonly VirtualServer[]
      readonly answer: WhoAnswers
      /** Addresses, or names, of some `listen`; where there are any, the reader chooses. */
      readonly addresses: readonly string[]
      readonly remarks: Remarks
    }

/** Any address that no `listen` names, of the old kind and of the new. */
export const elsewhere = '192.0.2.1'
export const elsewhere6 = '[2001:db8::1]'

export function ask(text: string, url: string, address: string): Asked {
  const { servers, problems, remarks } = inspectConfig(text)
  if (problems.length > 0) return { kind: 'wrong-config', problems }
  if (servers.length === 0) return { kind: 'no-server' }
  const parts = splitUrl(url, servers[0]!)
  if (!parts) return { kind: 'wrong-url' }
  const addresses = addressesOf(servers)
  const chosen = [address, placeOf(parts.host)].find((one) => addresses.includes(one)) ?? elsewhere
  const socket = { address: addressOf(parts.host) ?? chosen, port: parts.port }
  const answer = whoAnswers(servers, { ...parts, socket })
  return { kind: 'answered', servers, answer, addresses, remarks }
}

/** A name that a `listen` has, too, leads there. */
function placeOf(host: string): string {
  const name = host.split(':', 1)[0]!.toLowerCase()
  return name === 'localhost' ? '127.0.0.1' : name
}

function addressesOf(servers: readonly VirtualServer[]): readonly string[] {
  const all = servers.flatMap(({ listens }) => listens.filter(({ port }) => port > 0))
  const named = all.map(({ address }) => (address === '[::]' ? elsewhere6 : address))
  return [...new Set(named)].filter((one) => one !== '*')
}
