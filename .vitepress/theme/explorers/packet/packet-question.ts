import { follow, type Ending } from '../../../../snippets/lvs/journey.ts'
import { nobodyKnows } from '../../../../snippets/lvs/arp.ts'
import type { Frame } from '../../../../snippets/lvs/frame.ts'
import type { Fault, Machine, Mode, Network, Setup } from '../../../../snippets/lvs/network.ts'
import { addServer, newService, schedule } from '../../../../snippets/lvs/service.ts'

/** What the reader has chosen. */
export interface Question {
  readonly mode: Mode
  readonly fault: Fault | 'port-mapping' | undefined
}

/** One step of the story: a frame of one of its connections. */
export interface Step {
  readonly frame: Frame
  readonly connection: number
  /** How the connection ended, at its last frame. */
  readonly ending?: Ending
}

/** The faults that matter in a mode, in the order in which they are offered. */
export const faultsOf: Readonly<Record<Mode, readonly NonNullable<Question['fault']>[]>> = {
  nat: ['port-mapping', 'wrong-gateway'],
  'direct-routing': ['port-mapping', 'no-arp-ignore', 'no-arp-announce', 'no-virtual-address'],
  tunnel: ['port-mapping', 'no-virtual-address', 'reverse-path-check'],
}

/** Addresses and MACs that are set aside for examples: RFC 5737, RFC 7042. */
export function networkOf(mode: Mode): Network {
  const card = (mac: number, address: string) => ({ mac: `00:00:5e:00:53:${mac}`, address })
  const servers = mode === 'tunnel' ? '198.51.100' : '192.0.2'
  return {
    client: card(10, '203.0.113.7'),
    router: {
      internet: card(20, '203.0.113.1'),
      lan: card(21, '192.0.2.1'),
      far: card(22, '198.51.100.1'),
    },
    director: card(30, '192.0.2.2'),
    servers: [card(41, `${servers}.11`), card(42, `${servers}.12`)],
    virtual: { address: '192.0.2.100', port: 80 },
  }
}

export const setupOf = ({ mode, fault }: Question): Setup => ({
  mode,
  faults: fault && fault !== 'port-mapping' ? [fault] : [],
  serverPort: fault === 'port-mapping' ? 8080 : 80,
})

/** Two connections, where the first one does harm to the second; otherwise one. */
export function stepsOf(question: Question): readonly Step[] {
  const network = networkOf(question.mode)
  // The last one added goes first.
  let service = addServer(addServer(newService('rr'), '1'), '0')
  let arp = nobodyKnows
  const count = question.fault === 'no-arp-announce' ? 2 : 1
  return Array.from({ length: count }, (_, at) => at + 1).flatMap((connection) => {
    const scheduled = schedule(service, network.client.address)
    service = scheduled.service
    const journey = follow(
      network,
      setupOf(question),
      {
        clientPort: 40_000 + connection,
        chosen: Number(scheduled.chosen),
        firstToClaim: 'server2',
      },
      arp,
    )
    arp = journey.arp
    const last = journey.frames.length - 1
    return journey.frames.map((frame, at) => ({
      frame,
      connection,
      ...(at === last ? { ending: journey.ending } : {}),
    }))
  })
}

/** Who has the virtual IP, and who of them says so when asked. */
export function holdersOf({ mode, fault }: Question): ReadonlyMap<Machine, 'answers' | 'silent'> {
  const holders = new Map<Machine, 'answers' | 'silent'>([['director', 'answers']])
  if (mode === 'nat' || fault === 'no-virtual-address') return holders
  const habit = fault === 'no-arp-ignore' ? 'answers' : 'silent'
  return holders.set('server1', habit).set('server2', habit)
}

/** What is typed on the director and on each server; a line that is missing says so. */
export function commandsOf({ mode, fault }: Question): string {
  const network = networkOf(mode)
  const { address, port } = network.virtual
  const flag = { nat: '-m', 'direct-routing': '-g', tunnel: '-i' }[mode]
  const device = mode === 'tunnel' ? 'tunl0' : 'lo'
  const gateway =
    mode === 'nat' && fault !== 'wrong-gateway'
      ? network.director.address
      : network.router[mode === 'tunnel' ? 'far' : 'lan'].address
  const to = (server: number) =>
    `ipvsadm -a -t ${address}:${port} -r ${network.servers[server]!.address}:${setupOf({ mode, fault }).serverPort} ${flag}`
  const unless = (missing: Question['fault'], line: string) => (fault === missing ? [] : [line])
  return [
    '# LVS',
    `ip addr add ${address}/32 dev eth0`,
    `ipvsadm -A -t ${address}:${port} -s rr`,
    to(1),
    to(0),
    '',
    '# nginx 1, nginx 2',
    `ip route add default via ${gateway}`,
    ...(mode === 'direct-routing'
      ? [
          ...unless('no-arp-ignore', 'sysctl net.ipv4.conf.all.arp_ignore=1'),
          ...unless('no-arp-announce', 'sysctl net.ipv4.conf.all.arp_announce=2'),
        ]
      : []),
    ...(mode === 'tunnel'
      ? [
          'ip link set tunl0 up',
          `sysctl net.ipv4.conf.tunl0.rp_filter=${fault === 'reverse-path-check' ? 1 : 0}`,
        ]
      : []),
    ...(mode === 'nat'
      ? []
      : unless('no-virtual-address', `ip addr add ${address}/32 dev ${device}`)),
  ].join('\n')
}
