import type { Machine, Wire } from './network.ts'

/** An Ethernet frame on a wire. Each hop makes a new one round the packet that it hands on. */
export interface Hop {
  readonly wire: Wire
  readonly from: Machine
  /** A broadcast goes to everybody. */
  readonly to: Machine | 'everybody'
  readonly sourceMac: string
  readonly destinationMac: string
}

/** A segment of TCP in a packet of IPv4, or in two, one round the other. RFC 791, 2003, 9293. */
export interface Packet {
  /** The packet round this one, when it is tunnelled (IP in IP). */
  readonly outer?: Envelope
  readonly source: string
  readonly destination: string
  /** How many routers may still hand it on. */
  readonly ttl: number
  readonly sourcePort: number
  readonly destinationPort: number
  readonly flags: 'SYN' | 'SYN ACK' | 'RST' | 'RST ACK'
}

export interface Envelope {
  readonly source: string
  readonly destination: string
  readonly ttl: number
}

export interface TcpFrame extends Hop {
  readonly kind: 'tcp'
  readonly packet: Packet
  readonly why: TcpReason
  /** What `from` changed in the frame that it handed on; nothing, when the packet is its own. */
  readonly rewritten: readonly Field[]
}

/** A question or an answer of ARP, RFC 826: who has this address? */
export interface ArpFrame extends Hop {
  readonly kind: 'arp'
  readonly operation: 'request' | 'reply'
  /** "This address is at that MAC": every listener may believe it, even from a question. */
  readonly senderMac: string
  readonly senderAddress: string
  readonly targetAddress: string
  readonly why: ArpReason
}

export type Frame = TcpFrame | ArpFrame

export type TcpReason =
  | 'asks'
  | 'routes'
  | 'rewrites-destination'
  | 'readdresses'
  | 'wraps'
  | 'carries'
  | 'answers'
  | 'refuses'
  | 'rewrites-source'
  | 'returns'
  /** From the server's own address: nobody had turned it back into the virtual IP. */
  | 'returns-unchanged'
  | 'resets'

export type ArpReason = 'seeks' | 'claims' | 'seeks-as-virtual' | 'tells'

export const fields = [
  'sourceMac',
  'destinationMac',
  'outerSource',
  'outerDestination',
  'outerTtl',
  'source',
  'destination',
  'ttl',
  'sourcePort',
  'destinationPort',
  'flags',
] as const
export type Field = (typeof fields)[number]

type Values = Readonly<Record<Field, string | number | undefined>>

/** Every field of a frame by its name, from the outside in. */
export const valuesOf = ({ sourceMac, destinationMac, packet }: TcpFrame): Values => ({
  sourceMac,
  destinationMac,
  outerSource: packet.outer?.source,
  outerDestination: packet.outer?.destination,
  outerTtl: packet.outer?.ttl,
  source: packet.source,
  destination: packet.destination,
  ttl: packet.ttl,
  sourcePort: packet.sourcePort,
  destinationPort: packet.destinationPort,
  flags: packet.flags,
})

/** The fields in which a frame differs from the one that it was made of. */
export function rewrittenIn(frame: TcpFrame, before: TcpFrame): readonly Field[] {
  const [now, then] = [valuesOf(frame), valuesOf(before)]
  return fields.filter((field) => now[field] !== then[field])
}
