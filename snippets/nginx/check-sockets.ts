import { refusedByNginx, type ConfigError } from './config-error.ts'
import { sharedPort, takes } from './endpoints.ts'
import { nameOfSocket, type Listen } from './listen.ts'
import type { VirtualServer } from './read-server.ts'

interface ListenOf {
  readonly listen: Listen
  readonly server: VirtualServer
}

/** What several `listen` may not say of one address and port. */
export function socketProblems(servers: readonly VirtualServer[]): readonly ConfigError[] {
  return groupsOf(servers).flatMap((group) =>
    group.flatMap((one, index) => {
      const refusal = firstRefusal(one, group, index)
      if (!refusal) return []
      const text = `${refusal.text} ${nameOfSocket(one.listen, refusal.port)}`
      return [refusedByNginx(one.listen.line, text)]
    }),
  )
}

/** nginx goes from the first port of a range to the last, and asks three questions of each. */
function firstRefusal(one: ListenOf, group: readonly ListenOf[], end: number) {
  let first: { readonly port: number; readonly rank: number } | undefined
  for (let at = 0; at < end; at++) {
    const rank = rankOf(one, group[at]!)
    const port = rank < texts.length ? sharedPort(one.listen, group[at]!.listen) : undefined
    if (port === undefined) continue
    const isSooner = !first || port < first.port || (port === first.port && rank < first.rank)
    if (isSooner) first = { port, rank }
  }
  return first && { port: first.port, text: texts[first.rank]! }
}

const texts = [
  'a duplicate listen',
  'duplicate listen options for',
  'a duplicate default server for',
]

function rankOf({ listen, server }: ListenOf, earlier: ListenOf): number {
  if (earlier.server === server) return 0
  if (listen.hasOptions && earlier.listen.hasOptions) return 1
  return listen.isDefault && earlier.listen.isDefault ? 2 : texts.length
}

/** Names are compared, and their wildcards read, only where more than one server listens. */
export function nameProblems(servers: readonly VirtualServer[]): readonly ConfigError[] {
  return groupsOf(servers).flatMap((group) => {
    // Nowhere do more listen than where one of them begins.
    const ports = new Set(group.map(({ listen }) => listen.port))
    return [...ports].flatMap((port) => {
      const here = group.filter(({ listen }) => takes(listen, port))
      const first = here.find(({ listen }) => listen.isDefault) ?? here[0]!
      if (here.length < 2 && !hasCaptures(first.server)) return []
      const names = here.flatMap(({ server }) => server.names)
      return names
        .filter(({ kind }) => kind === 'invalid')
        .map(({ text, line }) => {
          const socket = nameOfSocket(first.listen, port)
          return refusedByNginx(line, `invalid server name or wildcard "${text}" on ${socket}`)
        })
    })
  })
}

/** All that are sure to be of one address; a port may have two sockets, by TCP and by UDP. */
function groupsOf(servers: readonly VirtualServer[]): readonly (readonly ListenOf[])[] {
  const groups = new Map<string, ListenOf[]>()
  for (const server of servers)
    for (const listen of server.listens) {
      if (listen.host !== undefined && listen.host !== listen.address) continue
      const key = `${listen.address}${listen.isQuic ? ' quic' : ''}`
      const group = groups.get(key)
      if (group) group.push({ listen, server })
      else groups.set(key, [{ listen, server }])
    }
  return [...groups.values()]
}

const hasCaptures = ({ names }: VirtualServer): boolean =>
  names.some((name) => name.kind === 'regex' && name.hasCaptures)
