import type { Wire } from '../../../snippets/lvs/network.ts'
import type { Played } from './compare.ts'
import type { Case } from './generated-network.ts'
import { readPcap, type Heard } from './pcap.ts'
import { inRealKernel } from './real-kernel.ts'
import { layWires, play, takeUp } from './wires.ts'

/** Plays all cases in one real kernel, and sorts what was heard on its wires. */
export async function playCases(cases: readonly Case[], connections: number): Promise<Played[]> {
  const script = [
    'cd /run; modprobe -d /run/modules -a ip_vs_rr ipip 2>/dev/null',
    layWires,
    ...cases.map((made, index) => play(made, index, connections)),
    takeUp,
  ].join('\n')
  const output = await inRealKernel(script)
  const heard = [...output.matchAll(/^WIRE (\w+) (\S+)$/gm)]
    .flatMap(([, wire, text]) => readPcap(Buffer.from(text!, 'base64'), wire as Wire))
    .toSorted((a, b) => Number(a.at - b.at))
  if (heard.length === 0) throw new Error(`nothing was heard:\n${output}`)
  return cases.map((made, index) => {
    const answers = [...output.matchAll(new RegExp(`^CASE ${index} ([^]*?)\\.$`, 'gm'))]
    return {
      made,
      connections: byConnection(made, heard),
      answers: answers.map(([, text]) => /^server\d$/m.exec(text!)?.[0] ?? 'failed'),
    }
  })
}

/** A connection begins with the first SYN of a port; ARP belongs to the one that waits for it. */
function byConnection({ network }: Case, heard: readonly Heard[]): Heard[][] {
  const { client, virtual } = network
  const found = new Map<number, Heard[]>()
  let current: Heard[] | undefined
  for (const frame of heard) {
    if (frame.kind === 'arp') {
      const isOfVirtual = [frame.senderAddress, frame.targetAddress].includes(virtual.address)
      if (isOfVirtual) current?.push(frame)
      continue
    }
    const { source, destination, sourcePort, destinationPort } = frame.packet
    const port =
      source === client.address
        ? sourcePort
        : destination === client.address
          ? destinationPort
          : undefined
    if (port === undefined) continue
    if (!found.has(port)) found.set(port, [])
    current = found.get(port)!
    current.push(frame)
  }
  return [...found.values()]
}
