// If the chosen server is down, the next in the list stands in, and bears its whole load.
/** One server of the group, and its share of the requests. */
export interface Server {
  readonly name: string
  readonly weight: number
}

export type Pick = (down?: ReadonlySet<string>) => string | undefined

export function createPicker(servers: readonly Server[]): Pick {
  const peers = servers.map(({ name, weight }) => ({ name, weight, credit: 0 }))
  const total = servers.reduce((sum, { weight }) => sum + weight, 0)
  return (down = new Set()) => {
    for (const peer of peers) peer.credit += peer.weight
    const best = peers.reduce((a, b) => (b.credit > a.credit ? b : a))
    best.credit -= total
    const from = peers.indexOf(best)
    const inOrder = [...peers.slice(from), ...peers.slice(0, from)]
    return inOrder.find(({ name }) => !down.has(name))?.name
  }
}
