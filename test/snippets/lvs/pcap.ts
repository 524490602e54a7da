import type { ArpFrame, Packet } from '../../../snippets/lvs/frame.ts'
import type { Wire } from '../../../snippets/lvs/network.ts'

/** What was heard on a wire, read as far as the model speaks of it. */
export type Heard = { readonly at: bigint; readonly wire: Wire; readonly flagBits: number } & (
  | ({ readonly kind: 'tcp'; readonly packet: Packet } & Macs)
  | ({ readonly kind: 'arp' } & Macs &
      Pick<ArpFrame, 'operation' | 'senderMac' | 'senderAddress' | 'targetAddress'>)
)

interface Macs {
  readonly sourceMac: string
  readonly destinationMac: string
}

/** The frames of a capture file with nanoseconds; https://www.tcpdump.org/manpages/pcap-savefile.5.html */
export function readPcap(file: Buffer, wire: Wire): Heard[] {
  if (file.readUInt32LE(0) !== 0xa1b23c4d) throw new Error(`${wire}: no capture in nanoseconds`)
  const heard: Heard[] = []
  for (let at = 24; at < file.length;) {
    const time = BigInt(file.readUInt32LE(at)) * 1_000_000_000n + BigInt(file.readUInt32LE(at + 4))
    const length = file.readUInt32LE(at + 8)
    const frame = readFrame(file.subarray(at + 16, at + 16 + length))
    if (frame) heard.push({ at: time, wire, ...frame })
    at += 16 + length
  }
  return heard
}

type Unplaced = Heard extends infer One
  ? One extends Heard
    ? Omit<One, 'at' | 'wire'>
    : never
  : never

function readFrame(bytes: Buffer): Unplaced | undefined {
  const macs = { destinationMac: mac(bytes, 0), sourceMac: mac(bytes, 6) }
  const type = bytes.readUInt16BE(12)
  if (type === 0x0806)
    return {
      kind: 'arp',
      flagBits: 0,
      ...macs,
      operation: bytes.readUInt16BE(20) === 1 ? 'request' : 'reply',
      senderMac: mac(bytes, 22),
      senderAddress: address(bytes, 28),
      targetAddress: address(bytes, 38),
    }
  if (type !== 0x0800) return undefined
  const tcp = readPacket(bytes.subarray(14))
  return tcp && { kind: 'tcp', ...macs, ...tcp }
}

function readPacket(bytes: Buffer): { packet: Packet; flagBits: number } | undefined {
  const [ttl, protocol] = [bytes[8]!, bytes[9]!]
  const [source, destination] = [address(bytes, 12), address(bytes, 16)]
  const body = bytes.subarray(4 * (bytes[0]! & 15))
  if (protocol === 4) {
    const inner = readPacket(body)
    return inner && { ...inner, packet: { ...inner.packet, outer: { source, destination, ttl } } }
  }
  if (protocol !== 6) return undefined
  const flagBits = body[13]! & 0b10111
  const [sourcePort, destinationPort] = [body.readUInt16BE(0), body.readUInt16BE(2)]
  const flags = flagNames[flagBits] ?? 'SYN'
  return { flagBits, packet: { source, destination, ttl, sourcePort, destinationPort, flags } }
}

/** By the bits of FIN, SYN, RST and ACK, of those that begin a connection or refuse it. */
const flagNames: Readonly<Record<number, Packet['flags']>> = {
  0b00010: 'SYN',
  0b10010: 'SYN ACK',
  0b00100: 'RST',
  0b10100: 'RST ACK',
}
export const beginsOrRefuses = ({ flagBits }: Heard): boolean => flagBits in flagNames

const mac = (bytes: Buffer, at: number): string =>
  [...bytes.subarray(at, at + 6)].map((byte) => byte.toString(16).padStart(2, '0')).join(':')

const address = (bytes: Buffer, at: number): string => bytes.subarray(at, at + 4).join('.')
