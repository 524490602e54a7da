import type { ArpFrame } from './frame.ts'
import { cardOf, serverAt } from './network.ts'
import type { Machine, Network, Setup } from './network.ts'

/** Who knows whose MAC address. */
export interface ArpState {
  /** Who has the virtual IP, as the router believes. */
  readonly holder?: Machine
  /** The servers that know the router. */
  readonly knowRouter: readonly Machine[]
}

/** As after a start: everybody must ask. */
export const nobodyKnows: ArpState = { knowRouter: [] }

export const broadcast = 'ff:ff:ff:ff:ff:ff'

interface Learnt {
  readonly frames: readonly ArpFrame[]
  readonly arp: ArpState
}

/** Who answers when the router asks for the virtual IP: more than one, and the first is believed. */
export function claimants(network: Network, setup: Setup): readonly Machine[] {
  const { mode, faults } = setup
  const isSilent = mode !== 'direct-routing' || !faults.includes('no-arp-ignore')
  if (isSilent || faults.includes('no-virtual-address')) return ['director']
  return ['director', ...network.servers.map((_, index) => serverAt(index))]
}

/** The router seeks the virtual IP, unless it believes that it knows. */
export function resolve(
  network: Network,
  setup: Setup,
  arp: ArpState,
  firstToClaim: Machine = 'director',
): Learnt {
  if (arp.holder) return { frames: [], arp }
  const all = claimants(network, setup)
  const first = all.includes(firstToClaim) ? firstToClaim : 'director'
  const claims = [first, ...all.filter((one) => one !== first)]
  const { router, virtual } = network
  const seeks = { ...request(network, 'router', virtual.address), why: 'seeks' } as const
  // Who answers has learnt from the question who asks.
  const servers = claims.filter((one) => one !== 'director')
  return {
    frames: [
      seeks,
      ...claims.map((from): ArpFrame => {
        const { mac } = cardOf(network, from, 'lan')
        return {
          kind: 'arp',
          operation: 'reply',
          wire: 'lan',
          ...{ from, to: 'router', sourceMac: mac, destinationMac: router.lan.mac },
          ...{ senderMac: mac, senderAddress: virtual.address, targetAddress: router.lan.address },
          why: 'claims',
        }
      }),
    ],
    arp: { holder: first, knowRouter: [...arp.knowRouter, ...servers] },
  }
}

/**
 * A server that does not know its router must ask for it before it can answer. With `arp_announce`
 * at 0 Linux asks in the name of the waiting packet's source, which may be the virtual IP; and the
 * router believes the question. What is asked by other names is no matter of the virtual IP.
 */
export function announce(
  network: Network,
  setup: Setup,
  arp: ArpState,
  server: Machine,
  source: string,
): Learnt {
  if (arp.knowRouter.includes(server)) return { frames: [], arp }
  const knowRouter = [...arp.knowRouter, server]
  // At another site it was the router who brought the packet, and had asked for the server.
  const knows = setup.mode === 'tunnel' || source !== network.virtual.address
  if (knows || !setup.faults.includes('no-arp-announce'))
    return { frames: [], arp: { ...arp, knowRouter } }
  const router = network.router.lan
  const seeks = request(network, server, router.address)
  return {
    frames: [
      { ...seeks, senderAddress: source, why: 'seeks-as-virtual' },
      {
        kind: 'arp',
        operation: 'reply',
        ...{ wire: 'lan', from: 'router', to: server, why: 'tells' },
        ...{ sourceMac: router.mac, destinationMac: seeks.senderMac },
        ...{ senderMac: router.mac, senderAddress: router.address, targetAddress: source },
      },
    ],
    arp: { holder: server, knowRouter },
  }
}

function request(network: Network, from: Machine, targetAddress: string): Omit<ArpFrame, 'why'> {
  const { mac, address } = cardOf(network, from, 'lan')
  return {
    kind: 'arp',
    operation: 'request',
    ...{ wire: 'lan', from, to: 'everybody', sourceMac: mac, destinationMac: broadcast },
    ...{ senderMac: mac, senderAddress: address, targetAddress },
  }
}
