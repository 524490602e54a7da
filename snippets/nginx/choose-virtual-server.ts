import { takes } from './endpoints.ts'
import type { VirtualServer } from './read-config.ts'
import { matchesHost, type ServerName } from './server-name.ts'

/** Where a connection came in: an address of this machine (`10.0.0.1`, `[::1]`), and the port. */
export interface Socket {
  readonly address: string
  readonly port: number
}

export interface ServerChoice {
  readonly server: VirtualServer
  /** The name that matched; undefined when the default server answers. */
  readonly name: ServerName | undefined
  /** The servers that listen where the connection came in, in the order of the file. */
  readonly candidates: readonly VirtualServer[]
  readonly defaultServer: VirtualServer
  /** One `listen … ssl` speaks for all that listen there. */
  readonly speaksTls: boolean
  /** Every name that was compared, in nginx's order. */
  readonly considered: readonly ConsideredName[]
}

export interface ConsideredName {
  readonly server: VirtualServer
  readonly name: ServerName
  /** `ignored`: an earlier server has the same name, and nginx warned of it. */
  readonly verdict: 'wins' | 'matches-later' | 'no-match' | 'ignored'
}

/**
 * Which server answers: those that listen on the connection's address and port, by the Host header
 * as `normaliseHost` gives it. Undefined when nobody listens there.
 * https://nginx.org/en/docs/http/request_processing.html
 */
// #region choose-server
export function chooseVirtualServer(
  servers: readonly VirtualServer[],
  socket: Socket,
  host: string,
): ServerChoice | undefined {
  const { candidates, defaultServer, speaksTls } = listeningOn(servers, socket)
  if (!defaultServer) return undefined
  const names = inOrder(candidates)
  const winner = names.find(({ name, isIgnored }) => !isIgnored && matchesHost(name, host))
  const considered = names.map(({ server, name, isIgnored }): ConsideredName => {
    if (isIgnored) return { server, name, verdict: 'ignored' }
    if (name === winner?.name) return { server, name, verdict: 'wins' }
    return { server, name, verdict: matchesHost(name, host) ? 'matches-later' : 'no-match' }
  })
  const server = winner?.server ?? defaultServer
  return { server, name: winner?.name, candidates, defaultServer, speaksTls, considered }
}
// #endregion choose-server

/** Who listens there by TCP, and who is the default: the one that says so, or the first. An address that is named leaves out all on `*`. */
function listeningOn(servers: readonly VirtualServer[], { address, port }: Socket) {
  const here = servers.flatMap((server) =>
    server.listens
      .filter((listen) => takes(listen, port) && !listen.isQuic)
      .map((listen) => ({ server, ...listen })),
  )
  const on = (where: string) => here.filter((listen) => listen.address === where)
  const isForAll = address.startsWith('[') || here.some(({ isForBoth }) => isForBoth)
  const named = on(address)
  const everywhere = [...(address.startsWith('[') ? [] : on('*')), ...(isForAll ? on('[::]') : [])]
  const found = named.length > 0 ? named : everywhere
  const saysSo = found.find(({ isDefault }) => isDefault)
  return {
    candidates: found.map(({ server }) => server),
    defaultServer: (saysSo ?? found[0])?.server,
    speaksTls: found.some(({ isTls }) => isTls),
  }
}

const rank = { exact: 0, leading: 1, trailing: 2, regex: 3, invalid: 4 } as const
const lengthOf = (name: ServerName): number =>
  name.kind === 'leading' ? name.suffix.length : name.kind === 'trailing' ? name.prefix.length : 0

interface NameOfServer {
  readonly server: VirtualServer
  readonly name: ServerName
  readonly isIgnored: boolean
}

/** Exact names, the longest `*.name`, the longest `name.*`, patterns in the order of the file. */
function inOrder(candidates: readonly VirtualServer[]): readonly NameOfServer[] {
  const taken = new Set<string>()
  const all = candidates.flatMap((server) =>
    server.names.map((name) => ({ server, name, isIgnored: !claim(name, taken) })),
  )
  return all.toSorted(
    (a, b) => rank[a.name.kind] - rank[b.name.kind] || lengthOf(b.name) - lengthOf(a.name),
  )
}

/** False when an earlier name took it. `.a.org` takes `a.org` and `*.a.org`, or neither. */
function claim(name: ServerName, taken: Set<string>): boolean {
  const wishes = {
    exact: name.kind === 'exact' ? [name.host] : [],
    leading:
      name.kind === 'leading'
        ? [...(name.andItself ? [name.suffix.slice(1)] : []), `*${name.suffix}`]
        : [],
    trailing: name.kind === 'trailing' ? [`${name.prefix}*`] : [],
    regex: [],
    invalid: [],
  }[name.kind]
  for (const wish of wishes) {
    if (taken.has(wish)) return false
    taken.add(wish)
  }
  return true
}
