/** How a director hands a packet on: `ipvsadm -m`, `-g` and `-i`. */
export type Mode = 'nat' | 'direct-routing' | 'tunnel'

/** The wires: the internet, the network of the virtual IP, and another site's network. */
export type Wire = 'internet' | 'lan' | 'far'

/** A server is `server1`, `server2` …, in the order of the network's list. */
export type Machine = 'client' | 'router' | 'director' | `server${number}`

/** One network card. */
export interface Card {
  readonly mac: string
  readonly address: string
}

/**
 * Who is connected, and by which card. A router joins three wires; the director stands on the `lan`
 * by one card only, and so do the servers, unless packets are tunnelled to them at another site.
 */
export interface Network {
  readonly client: Card
  readonly router: Readonly<Record<Wire, Card>>
  readonly director: Card
  readonly servers: readonly Card[]
  /** The address and the port that readers know. */
  readonly virtual: { readonly address: string; readonly port: number }
}

/** What a setup may lack. On a mode that does not need it, the lack changes nothing. */
export type Fault =
  /** NAT: the servers send their answers to the router, and not to the director. */
  | 'wrong-gateway'
  /** Direct routing: the servers answer ARP for the virtual IP (`arp_ignore` is 0, not 1). */
  | 'no-arp-ignore'
  /** They ask for others in the name of the virtual IP (`arp_announce` is 0, not 2). */
  | 'no-arp-announce'
  /** Direct routing and tunnels: the virtual IP is on none of the servers. */
  | 'no-virtual-address'
  /** Tunnels: the server drops what comes from where its answer would not go (`rp_filter` is 1). */
  | 'reverse-path-check'

export interface Setup {
  readonly mode: Mode
  /** The port in the director's table, on which the servers listen. NAT alone rewrites it. */
  readonly serverPort: number
  readonly faults: readonly Fault[]
}

export const serverAt = (index: number): Machine => `server${index + 1}`

/** The place of a server in the network's list; -1 for another machine. */
export const indexOf = (machine: Machine): number =>
  machine.startsWith('server') ? Number(machine.slice('server'.length)) - 1 : -1

/** The wire on which the servers stand. */
export const wireOfServers = ({ mode }: Setup): Wire => (mode === 'tunnel' ? 'far' : 'lan')

export function cardOf(network: Network, machine: Machine, wire: Wire): Card {
  if (machine === 'router') return network.router[wire]
  if (machine === 'client' || machine === 'director') return network[machine]
  return network.servers[indexOf(machine)]!
}
