import { nobodyKnows } from '../../../snippets/lvs/arp.ts'
import type { Frame } from '../../../snippets/lvs/frame.ts'
import type { follow as followModel, Journey } from '../../../snippets/lvs/journey.ts'
import { indexOf, type Machine } from '../../../snippets/lvs/network.ts'
import type { addServer, newService, schedule } from '../../../snippets/lvs/service.ts'
import type { Case } from './generated-network.ts'
import { beginsOrRefuses, type Heard } from './pcap.ts'

/** The model, or one with a mistake planted in it. */
export interface Model {
  readonly follow: typeof followModel
  readonly newService: typeof newService
  readonly addServer: typeof addServer
  readonly schedule: typeof schedule
}

/** What one client heard and said: the frames of each of its connections, and the outcome. */
export interface Played {
  readonly made: Case
  /** By connection: frames in the order in which they were heard on any wire. */
  readonly connections: readonly (readonly Heard[])[]
  /** What each connection brought the client: a server's name, or none. */
  readonly answers: readonly string[]
}

/** One frame as a line, the same for what was predicted and what was heard. */
export type Line = string

const tcpLine = (
  frame: Pick<Heard & { kind: 'tcp' }, 'wire' | 'sourceMac' | 'destinationMac' | 'packet'>,
): Line => {
  const { outer, ...inner } = frame.packet
  const wrapped = outer ? `[${outer.source} > ${outer.destination} ttl ${outer.ttl}] ` : ''
  return `${frame.wire} ${frame.sourceMac} > ${frame.destinationMac} ${wrapped}${inner.source}:${inner.sourcePort} > ${inner.destination}:${inner.destinationPort} ttl ${inner.ttl} ${inner.flags}`
}

export const lineOf = (frame: Frame | Heard): Line =>
  frame.kind === 'tcp'
    ? tcpLine(frame)
    : `${frame.wire} ${frame.sourceMac} > ${frame.destinationMac} ${frame.operation} ${frame.senderAddress} is at ${frame.senderMac}, asks ${frame.targetAddress}`

/** Lines without the flags: by which way the later packets of a connection go. */
export const wayOf = (line: Line): string => line.replace(/ [A-Z ]+$/, '')

/** What the model says of every connection of a case, one after the other. */
export function predict(model: Model, { made, connections }: Played): Journey[] {
  const { network, setup } = made
  let service = network.servers.reduce(
    (all, _, at) => model.addServer(all, String(at)),
    model.newService('rr'),
  )
  let arp = nobodyKnows
  return connections.map((heard) => {
    const [first] = heard
    const clientPort = first?.kind === 'tcp' ? first.packet.sourcePort : 0
    const connection = { clientPort, firstToClaim: firstToClaim(made, heard) }
    let journey = model.follow(network, setup, { ...connection, chosen: 0 }, arp)
    // A scheduler that is not asked does not move on.
    if (journey.frames.some(({ kind, to }) => kind === 'tcp' && to === 'director')) {
      const scheduled = model.schedule(service, network.client.address)
      service = scheduled.service
      journey = model.follow(
        network,
        setup,
        { ...connection, chosen: Number(scheduled.chosen) },
        arp,
      )
    }
    arp = journey.arp
    return journey
  })
}

/** Who won is chance, not the model's: it is told whose claim came first. */
function firstToClaim({ network }: Case, heard: readonly Heard[]): Machine | undefined {
  const claim = heard.find((frame) => frame.kind === 'arp' && frame.operation === 'reply')
  const at = network.servers.findIndex(({ mac }) => mac === claim?.sourceMac)
  return at < 0 ? undefined : `server${at + 1}`
}

export interface Difference {
  readonly connection: number
  readonly model: readonly Line[]
  readonly kernel: readonly Line[]
}

/** Where the model and the kernel do not say the same. */
export function differences(model: Model, played: Played): Difference[] {
  return predict(model, played).flatMap((journey, connection): Difference[] => {
    const { frames, ending } = journey
    const heard = played.connections[connection]!
    const said = frames.map(lineOf)
    // Who hears nothing asks again, word for word.
    const seen = [...new Set(heard.filter(beginsOrRefusesOrArp).map(lineOf))]
    // Later claims come in any order; the first was told.
    const order = (lines: readonly Line[]) => {
      const claims = lines.filter((line) => line.includes(' reply '))
      const sorted = [...claims.slice(0, 1), ...claims.slice(1).toSorted()]
      return lines.map((line) => (line.includes(' reply ') ? sorted.shift()! : line))
    }
    const [told, kernel] = [order(said), order(seen)]
    if (told.join('\n') !== kernel.join('\n')) return [{ connection, model: told, kernel }]
    const ways = new Set(later(model, played, connection, journey).map(wayOf))
    const stray = heard
      .filter(({ kind }) => kind === 'tcp')
      .map(lineOf)
      .filter((line) => !ways.has(wayOf(line)))
    if (stray.length > 0) return [{ connection, model: [...ways], kernel: stray }]
    const answer = ending.outcome === 'connected' ? ending.at : 'failed'
    return answer === played.answers[connection]
      ? []
      : [{ connection, model: [answer], kernel: [played.answers[connection]!] }]
  })
}

/** The ways of the packets after the first two: by what the router believes then. */
function later({ follow }: Model, { made, connections }: Played, at: number, journey: Journey) {
  const first = connections[at]![0]!
  const clientPort = first.kind === 'tcp' ? first.packet.sourcePort : 0
  const server = journey.ending.outcome === 'connected' ? indexOf(journey.ending.at) : 0
  const { network, setup } = made
  return [journey, follow(network, setup, { clientPort, chosen: server }, journey.arp)]
    .flatMap(({ frames }) => frames)
    .map(lineOf)
}

const beginsOrRefusesOrArp = (frame: Heard): boolean =>
  frame.kind === 'arp' || beginsOrRefuses(frame)
