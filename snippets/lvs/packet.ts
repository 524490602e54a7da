import type { Packet } from './frame.ts'

/** Every system's habit today; Linux: `net.ipv4.ip_default_ttl`. */
export const firstTtl = 64

/** What every router does to a packet, a director too: one hop less to live. */
export const routed = (packet: Packet): Packet => ({ ...packet, ttl: packet.ttl - 1 })

/** A new packet, back to where this one came from. */
export const answerTo = (packet: Packet, flags: Packet['flags']): Packet => ({
  source: packet.destination,
  destination: packet.source,
  ttl: firstTtl,
  sourcePort: packet.destinationPort,
  destinationPort: packet.sourcePort,
  flags,
})
