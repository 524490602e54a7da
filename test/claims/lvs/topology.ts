import type { Topology } from '../../real/rack/topology.ts'

export const vip = '192.0.2.100'
/** Of the pair of nginx that have no director before them. */
export const pairVip = '192.0.2.101'
export const client = '198.51.100.10'

const card = (wire: string, address: string) => ({ switch: wire, addresses: [`${address}/24`] })
const machine = (wire: string, address: string) => ({ ports: { eth0: card(wire, address) } })

/** A reader out on the internet, a router, two directors with two nginx, and a third nginx far away. */
export const topology: Topology = {
  switches: ['internet', 'lan', 'far'],
  machines: {
    client: machine('internet', client),
    router: {
      ports: {
        eth0: card('internet', '198.51.100.1'),
        eth1: card('lan', '192.0.2.1'),
        eth2: card('far', '203.0.113.1'),
      },
    },
    lvs1: machine('lan', '192.0.2.2'),
    lvs2: machine('lan', '192.0.2.3'),
    nginx1: machine('lan', '192.0.2.11'),
    nginx2: machine('lan', '192.0.2.12'),
    nginx3: machine('far', '203.0.113.11'),
  },
}
