import {
  valuesOf,
  type ArpFrame,
  type Field,
  type Frame,
  type TcpFrame,
} from '../../../../snippets/lvs/frame.ts'
import { broadcast } from '../../../../snippets/lvs/arp.ts'
import { cardOf, serverAt, type Network } from '../../../../snippets/lvs/network.ts'
import { nameOf, type PacketTexts } from './packet-messages.ts'

/** One value of a frame: whose it is, whether it was changed, and what it was. */
export interface Cell {
  readonly value: string
  readonly owner?: string
  readonly was?: string
}

export interface Row {
  readonly layer: string
  readonly from: Cell
  /** Missing: one value for the row. */
  readonly to?: Cell
}

/** A frame from the outside in. */
export function rowsOf(
  frame: Frame,
  before: TcpFrame | undefined,
  network: Network,
  texts: PacketTexts,
): readonly Row[] {
  const { layers } = texts
  const owner = (value: string) => ownerOf(value, network, texts)
  if (frame.kind === 'arp') return arpRows(frame, texts, owner)
  const now = valuesOf(frame)
  const then = before && valuesOf(before)
  const cell = (field: Field): Cell => {
    const value = String(now[field])
    const old = then?.[field]
    const isNew = frame.rewritten.includes(field)
    return {
      value,
      owner: owner(value),
      ...(isNew && { was: old === undefined ? '' : String(old) }),
    }
  }
  const row = (layer: string, from: Field, to?: Field): Row => ({
    layer,
    from: cell(from),
    ...(to && { to: cell(to) }),
  })
  return [
    row(layers.mac, 'sourceMac', 'destinationMac'),
    ...(frame.packet.outer ? [row(layers.outer, 'outerSource', 'outerDestination')] : []),
    row(layers.ip, 'source', 'destination'),
    row(layers.port, 'sourcePort', 'destinationPort'),
    { layer: layers.flags, from: { value: texts.kinds[frame.packet.flags] } },
    ...(frame.packet.outer ? [row(layers.outerTtl, 'outerTtl')] : []),
    row(layers.ttl, 'ttl'),
  ]
}

const arpRows = (
  { sourceMac, destinationMac, senderAddress, senderMac, targetAddress, operation }: ArpFrame,
  { layers, kinds }: PacketTexts,
  owner: (value: string) => string | undefined,
): readonly Row[] => [
  {
    layer: layers.mac,
    from: { value: sourceMac, owner: owner(sourceMac) },
    to: { value: destinationMac, owner: owner(destinationMac) },
  },
  { layer: layers.arp, from: { value: kinds[operation] } },
  {
    layer: layers.says,
    from: {
      value: `${senderAddress} = ${senderMac}`,
      owner: `${owner(senderAddress)} = ${owner(senderMac)}`,
    },
  },
  ...(operation === 'request'
    ? [{ layer: layers.asks, from: { value: targetAddress, owner: owner(targetAddress) } }]
    : []),
]

/** Whose address this is, in words. */
function ownerOf(value: string, network: Network, texts: PacketTexts): string | undefined {
  if (value === network.virtual.address) return texts.virtual
  if (value === broadcast) return texts.everybody
  const machines = [
    'client',
    'router',
    'director',
    ...network.servers.map((_, at) => serverAt(at)),
  ] as const
  const found = machines.find((machine) =>
    (['internet', 'lan', 'far'] as const).some((wire) => {
      const { mac, address } = cardOf(network, machine, wire)
      return mac === value || address === value
    }),
  )
  return found && nameOf(texts, found)
}

/** A packet in one line, as tcpdump writes it. */
export function inShort(frame: Frame, texts: PacketTexts): string {
  if (frame.kind === 'arp')
    return `ARP ${texts.kinds[frame.operation]} ${frame.operation === 'request' ? frame.targetAddress : frame.senderAddress}`
  const { outer, source, sourcePort, destination, destinationPort, flags } = frame.packet
  const inner = `${source}:${sourcePort} > ${destination}:${destinationPort} ${flags}`
  return outer ? `${outer.source} > ${outer.destination} [ ${inner} ]` : inner
}
