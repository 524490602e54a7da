import { announce, nobodyKnows, resolve, type ArpState } from './arp.ts'
import { handOn } from './director.ts'
import type { Frame, Packet } from './frame.ts'
import { serverAt, wireOfServers, type Machine, type Network, type Setup } from './network.ts'
import { answerTo, firstTtl, routed } from './packet.ts'
import { Trace } from './trace.ts'

/** A connection that a client begins, and what chance decides about it. */
export interface Connection {
  readonly clientPort: number
  /** The place in the network's list of the server that the scheduler names, if it is asked. */
  readonly chosen: number
  /** Who answers first when several machines claim the virtual IP. */
  readonly firstToClaim?: Machine
}

/** How it ends for the client. */
export type Ending =
  | { readonly outcome: 'connected'; readonly at: Machine; readonly director: DirectorSees }
  /** Nobody listens on the port: the server says so. */
  | { readonly outcome: 'refused'; readonly at: Machine; readonly director: DirectorSees }
  /** The client waits, asks again and again, and gives up. */
  | { readonly outcome: 'silence'; readonly at: Machine; readonly because: Silence }

export type DirectorSees = 'both-ways' | 'requests' | 'nothing'
export type Silence =
  /** The answer came from an address to which the client had not spoken. */
  | 'stranger'
  /** The packet was for an address that the server does not have. */
  | 'not-mine'
  /** The server's own answer would not go where the packet came from. */
  | 'reverse-path'

export interface Journey {
  readonly frames: readonly Frame[]
  readonly ending: Ending
  /** What is known of each other afterwards: the next connection begins there. */
  readonly arp: ArpState
}

/**
 * The frames of a connection's first packet (SYN) and of the answer to it, on every wire, in order,
 * with what ARP says about the virtual IP. The connection's later packets go the ways of `follow` with
 * the `arp` that it returned. So does Linux: test/snippets/lvs holds this against its frames.
 */
export function follow(
  network: Network,
  setup: Setup,
  connection: Connection,
  before: ArpState = nobodyKnows,
): Journey {
  const { client, virtual } = network
  const trace = new Trace(network)
  const request: Packet = {
    source: client.address,
    destination: virtual.address,
    ttl: firstTtl,
    sourcePort: connection.clientPort,
    destinationPort: virtual.port,
    flags: 'SYN',
  }
  trace.send('client', 'router', 'internet', request, 'asks')

  const { frames, arp } = resolve(network, setup, before, connection.firstToClaim)
  trace.add(frames)
  const holder = arp.holder ?? 'director'
  trace.send('router', holder, 'lan', routed(request), 'routes')
  const isAsked = holder === 'director'
  const server = isAsked ? serverAt(connection.chosen) : holder
  const arrived = isAsked ? handOn(trace, network, setup, routed(request), server) : routed(request)

  const because = dropped(setup)
  return because
    ? { frames: trace.frames, arp, ending: { outcome: 'silence', at: server, because } }
    : answer(trace, network, setup, arrived, server, arp)
}

/** Why the server's kernel throws the packet away, if it does. */
function dropped({ mode, faults }: Setup): Silence | undefined {
  if (mode === 'nat') return undefined
  if (faults.includes('no-virtual-address')) return 'not-mine'
  return mode === 'tunnel' && faults.includes('reverse-path-check') ? 'reverse-path' : undefined
}

/** The way back. The server turns the addresses and the ports round, and sends to its gateway. */
function answer(
  trace: Trace,
  network: Network,
  setup: Setup,
  arrived: Packet,
  server: Machine,
  before: ArpState,
): Journey {
  const { virtual } = network
  const wire = wireOfServers(setup)
  const isHeard = arrived.destinationPort === setup.serverPort
  const packet = answerTo(arrived, isHeard ? 'SYN ACK' : 'RST ACK')
  const why = isHeard ? 'answers' : 'refuses'
  const ended = { outcome: isHeard ? 'connected' : 'refused', at: server } as const
  const { frames } = trace

  if (setup.mode === 'nat' && !setup.faults.includes('wrong-gateway')) {
    trace.send(server, 'director', wire, packet, why)
    const restored = { ...routed(packet), source: virtual.address, sourcePort: virtual.port }
    trace.send('director', 'router', 'lan', restored, 'rewrites-source')
    trace.send('router', 'client', 'internet', routed(restored), 'returns')
    return { frames, arp: before, ending: { ...ended, director: 'both-ways' } }
  }

  const { frames: announced, arp } = announce(network, setup, before, server, packet.source)
  trace.add(announced)
  trace.send(server, 'router', wire, packet, why)
  if (packet.source === virtual.address) {
    trace.send('router', 'client', 'internet', routed(packet), 'returns')
    const sees = frames.some(({ kind, to }) => kind === 'tcp' && to === 'director')
    return { frames, arp, ending: { ...ended, director: sees ? 'requests' : 'nothing' } }
  }

  // The client knows of no such connection, and says so: to the server's own address.
  trace.send('router', 'client', 'internet', routed(packet), 'returns-unchanged')
  const reset = answerTo(packet, 'RST')
  trace.send('client', 'router', 'internet', reset, 'resets')
  trace.send('router', server, wire, routed(reset), 'routes')
  return { frames, arp, ending: { outcome: 'silence', at: 'client', because: 'stranger' } }
}
