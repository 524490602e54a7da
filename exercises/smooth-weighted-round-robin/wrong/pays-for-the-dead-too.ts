// Who answers pays for servers that are down and earn nothing: the living sink into debt.
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
    let best: (typeof peers)[number] | undefined
    for (const peer of peers) {
      if (down.has(peer.name)) continue
      peer.credit += peer.weight
      if (!best || peer.credit > best.credit) best = peer
    }
    if (best) best.credit -= total
    return best?.name
  }
}
