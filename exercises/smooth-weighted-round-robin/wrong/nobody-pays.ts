// Credit is earned and never spent: the heaviest server answers everything.
/** One server of the group, and its share of the requests. */
export interface Server {
  readonly name: string
  readonly weight: number
}

export type Pick = (down?: ReadonlySet<string>) => string | undefined

export function createPicker(servers: readonly Server[]): Pick {
  const peers = servers.map(({ name, weight }) => ({ name, weight, credit: 0 }))
  return (down = new Set()) => {
    let best: (typeof peers)[number] | undefined
    for (const peer of peers) {
      if (down.has(peer.name)) continue
      peer.credit += peer.weight
      if (!best || peer.credit > best.credit) best = peer
    }
    return best?.name
  }
}
