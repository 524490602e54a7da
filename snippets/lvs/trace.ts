import { rewrittenIn, type ArpFrame, type Frame, type Packet, type TcpFrame } from './frame.ts'
import type { TcpReason } from './frame.ts'
import { cardOf, type Machine, type Network, type Wire } from './network.ts'

/** The frames of a journey as they are sent, in order. */
export class Trace {
  readonly frames: Frame[] = []
  readonly #network: Network

  constructor(network: Network) {
    this.#network = network
  }

  send(from: Machine, to: Machine, wire: Wire, packet: Packet, why: TcpReason): void {
    const last = this.frames.findLast((frame): frame is TcpFrame => frame.kind === 'tcp')
    const frame: TcpFrame = {
      kind: 'tcp',
      ...{ wire, from, to, packet, why, rewritten: [] },
      sourceMac: cardOf(this.#network, from, wire).mac,
      destinationMac: cardOf(this.#network, to, wire).mac,
    }
    const handsOn = last?.to === from && last.packet.flags === packet.flags
    this.frames.push(handsOn ? { ...frame, rewritten: rewrittenIn(frame, last) } : frame)
  }

  add(frames: readonly ArpFrame[]): void {
    this.frames.push(...frames)
  }
}
