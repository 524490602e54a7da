import type { Packet } from './frame.ts'
import { indexOf, type Machine, type Network, type Setup } from './network.ts'
import { routed } from './packet.ts'
import type { Trace } from './trace.ts'

/**
 * The director hands a packet on, each mode in its own way; ip_vs(4), `ipvsadm -m`, `-g`, `-i`.
 * Returns the packet as the server's TCP sees it.
 */
export function handOn(
  trace: Trace,
  { director, servers }: Network,
  { mode, serverPort }: Setup,
  packet: Packet,
  server: Machine,
): Packet {
  const real = servers[indexOf(server)]!.address
  const handed = routed(packet)
  switch (mode) {
    // #region nat
    case 'nat': {
      const rewritten = { ...handed, destination: real, destinationPort: serverPort }
      trace.send('director', server, 'lan', rewritten, 'rewrites-destination')
      return rewritten
    }
    // #endregion nat
    // #region direct-routing
    case 'direct-routing':
      trace.send('director', server, 'lan', handed, 'readdresses')
      return handed
    // #endregion direct-routing
    // #region tunnel
    case 'tunnel': {
      const outer = { source: director.address, destination: real, ttl: handed.ttl }
      trace.send('director', 'router', 'lan', { ...handed, outer }, 'wraps')
      const carried = { ...handed, outer: { ...outer, ttl: outer.ttl - 1 } }
      trace.send('router', server, 'far', carried, 'carries')
      return handed
    }
    // #endregion tunnel
  }
}
