import type { Fault, Mode, Network, Setup } from '../../../snippets/lvs/network.ts'
import type { Seeded } from '../nginx/seeded.ts'

/** A setup to be built of namespaces and wires, and how it was drawn. */
export interface Case {
  readonly name: string
  readonly network: Network
  readonly setup: Setup
}

export const faultsOf: Readonly<Record<Mode, readonly Fault[]>> = {
  nat: ['wrong-gateway'],
  'direct-routing': ['no-arp-ignore', 'no-arp-announce', 'no-virtual-address'],
  tunnel: ['no-virtual-address', 'reverse-path-check', 'no-arp-announce'],
}

/** Any addresses, any ports, two to four servers. No two cases share an address. */
export function makeCase(
  seeded: Seeded,
  index: number,
  mode: Mode,
  faults: readonly Fault[],
  isMapped: boolean,
): Case {
  const site = (third: number) => `10.${100 + index}.${third}`
  const [internet, lan, far] = [site(1), site(2), site(3)]
  const hosts = shuffled(
    seeded,
    Array.from({ length: 253 }, (_, at) => at + 1),
  )
  const card = (net: string) => ({ mac: makeMac(seeded), address: `${net}.${hosts.pop()!}` })
  const count = seeded.between(2, 4)
  const port = seeded.between(1, 40_000)
  return {
    name: `${mode}${faults.length > 0 ? ` with ${faults.join(', ')}` : ''}`,
    network: {
      client: card(internet),
      router: { internet: card(internet), lan: card(lan), far: card(far) },
      director: card(lan),
      servers: seeded.list(count, () => card(mode === 'tunnel' ? far : lan)),
      virtual: { address: card(lan).address, port },
    },
    setup: { mode, faults, serverPort: isMapped ? port + seeded.between(1, 20_000) : port },
  }
}

/** Administered locally, and of one machine: the two low bits of the first byte are 1 and 0. */
const makeMac = (seeded: Seeded): string =>
  [2 + 4 * seeded.below(64), ...seeded.list(5, () => seeded.below(256))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join(':')

function shuffled<T>(seeded: Seeded, from: readonly T[]): T[] {
  const all = [...from]
  for (let at = all.length - 1; at > 0; at--) {
    const other = seeded.below(at + 1)
    ;[all[at], all[other]] = [all[other]!, all[at]!]
  }
  return all
}
