/**
 * What distance costs. Light in glass goes at about two thirds of its speed in a vacuum: the
 * refractive index of fibre is 1.468 (ITU-T G.652), which makes 204,000 km/s; 200,000 is the usual
 * round figure. A way and back of 100 km takes 1 ms: the least there is, for no cable is straight.
 */
export const fibreKmPerS = 200_000

/** Milliseconds for there and back. */
export const roundTripMs = (km: number): number => (2 * km * 1000) / fibreKmPerS

/** How a browser and a server begin to talk. */
export type Protocol = 'tcp-tls13' | 'quic' | 'quic-0rtt'

/**
 * Round trips before the request is on its way: TCP's handshake (RFC 9293 §3.5) and TLS 1.3's
 * (RFC 8446 §2) one each; QUIC does both in one (RFC 9001 §4), and in none where the two have met
 * before (0-RTT, RFC 9001 §4.6).
 */
export const handshakes: Readonly<Record<Protocol, number>> = {
  'tcp-tls13': 2,
  quic: 1,
  'quic-0rtt': 0,
}

export interface Route {
  /** From the reader to the edge, and from the edge to the origin; straight lines, km. */
  readonly edgeKm: number
  readonly originKm: number
  readonly protocol: Protocol
  /** The origin's own work on the page. */
  readonly workMs: number
}

export interface Cost {
  readonly handshakeMs: number
  readonly requestMs: number
  /** From the edge on to the origin; 0 where the edge has the page. */
  readonly beyondMs: number
  readonly workMs: number
  readonly totalMs: number
}

const cost = (parts: Omit<Cost, 'totalMs'>): Cost => ({
  ...parts,
  totalMs: parts.handshakeMs + parts.requestMs + parts.beyondMs + parts.workMs,
})

/** Without an edge: every round trip goes all the way. */
export function direct({ edgeKm, originKm, protocol, workMs }: Route): Cost {
  const tripMs = roundTripMs(edgeKm + originKm)
  const handshakeMs = handshakes[protocol] * tripMs
  return cost({ handshakeMs, requestMs: tripMs, beyondMs: 0, workMs })
}

/** The edge has the page: nothing leaves the reader's neighbourhood. */
export function warmEdge({ edgeKm, protocol }: Route): Cost {
  const tripMs = roundTripMs(edgeKm)
  return cost({
    handshakeMs: handshakes[protocol] * tripMs,
    requestMs: tripMs,
    beyondMs: 0,
    workMs: 0,
  })
}

/** The edge must ask. It keeps connections to the origin open: one more round trip, no handshake. */
export function coldEdge(route: Route): Cost {
  const { handshakeMs, requestMs } = warmEdge(route)
  const beyondMs = roundTripMs(route.originKm)
  return cost({ handshakeMs, requestMs, beyondMs, workMs: route.workMs })
}
