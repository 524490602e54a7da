/** One server of the group, and its share of the requests. */
export interface Server {
  readonly name: string
  readonly weight: number
}

/** Who answers the next request; nobody, if every server is down. */
export type Pick = (down?: ReadonlySet<string>) => string | undefined

export function createPicker(servers: readonly Server[]): Pick {
  const peers = servers.map(({ name, weight }) => ({ name, weight, credit: 0 }))

  return (down = new Set()) => {
    let best: (typeof peers)[number] | undefined
    let total = 0
    for (const peer of peers) {
      if (down.has(peer.name)) continue
      // Every round each server earns its weight …
      peer.credit += peer.weight
      total += peer.weight
      if (!best || peer.credit > best.credit) best = peer
    }
    // … and who answers pays for everyone: the credits always add up to nothing.
    if (best) best.credit -= total
    return best?.name
  }
}
