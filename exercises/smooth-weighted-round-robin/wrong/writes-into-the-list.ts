// Keeps the credit in the objects that it was given: the list serves no second group.
/** One server of the group, and its share of the requests. */
export interface Server {
  readonly name: string
  readonly weight: number
}

export type Pick = (down?: ReadonlySet<string>) => string | undefined

interface Peer extends Server {
  credit?: number
}

export function createPicker(servers: readonly Server[]): Pick {
  const peers: readonly Peer[] = servers
  return (down = new Set()) => {
    let best: Peer | undefined
    let total = 0
    for (const peer of peers) {
      if (down.has(peer.name)) continue
      peer.credit = (peer.credit ?? 0) + peer.weight
      total += peer.weight
      if (!best || peer.credit > (best.credit ?? 0)) best = peer
    }
    if (best) best.credit = (best.credit ?? 0) - total
    return best?.name
  }
}
