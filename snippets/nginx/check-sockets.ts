import { refusedByNginx, type ConfigError } from './config-error.ts'
import { nameOfSocket, type Listen } from './listen.ts'
import type { VirtualServer } from './read-server.ts'

/** What several `listen` may not say of one address and port. */
export function socketProblems(servers: readonly VirtualServer[]): readonly ConfigError[] {
  const before = new Map<string, { readonly listen: Listen; readonly server: VirtualServer }[]>()
  return servers.flatMap((server) =>
    server.listens.flatMap((listen) => {
      const name = nameOfSocket(listen)
      const key = keyOf(listen)
      const earlier = before.get(key) ?? []
      before.set(key, [...earlier, { listen, server }])
      const refuse = (text: string) => [refusedByNginx(listen.line, `${text} ${name}`)]
      if (earlier.some((one) => one.server === server)) return refuse('a duplicate listen')
      if (listen.hasOptions && earlier.some((one) => one.listen.hasOptions))
        return refuse('duplicate listen options for')
      if (listen.isDefault && earlier.some((one) => one.listen.isDefault))
        return refuse('a duplicate default server for')
      return []
    }),
  )
}

/** Names are compared, and their wildcards read, only where more than one server listens. */
export function nameProblems(servers: readonly VirtualServer[]): readonly ConfigError[] {
  const all = servers.flatMap((server) => server.listens.map((listen) => ({ server, listen })))
  const sockets = new Set(all.map(({ listen }) => keyOf(listen)))
  return [...sockets].flatMap((socket) => {
    const here = all.filter(({ listen }) => keyOf(listen) === socket)
    const first = here.find(({ listen }) => listen.isDefault) ?? here[0]!
    if (here.length < 2 && !hasCaptures(first.server)) return []
    const names = here.flatMap(({ server }) => server.names)
    return names
      .filter(({ kind }) => kind === 'invalid')
      .map(({ text, line }) =>
        refusedByNginx(
          line,
          `invalid server name or wildcard "${text}" on ${nameOfSocket(first.listen)}`,
        ),
      )
  })
}

/** One socket: a port may have two, by TCP and by UDP. */
const keyOf = (listen: Listen): string => `${nameOfSocket(listen)}${listen.isQuic ? ' quic' : ''}`

const hasCaptures = ({ names }: VirtualServer): boolean =>
  names.some((name) => name.kind === 'regex' && name.hasCaptures)
