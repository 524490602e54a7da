// Pays before it earns: each round begins by settling the last one.
/** One server of the group, and its share of the requests. */
export interface Server {
  readonly name: string
  readonly weight: number
}

export type Pick = (down?: ReadonlySet<string>) => string | undefined

export function createPicker(servers: readonly Server[]): Pick {
  const peers = servers.map((server) => ({ ...server, credit: 0 }))
  let settle = () => {}
  return (down = new Set()) => {
    settle()
    const up = peers.filter(({ name }) => !down.has(name))
    for (const peer of up) peer.credit += peer.weight
    const most = Math.max(...up.map(({ credit }) => credit))
    const best = up.find(({ credit }) => credit === most)
    const bill = up.reduce((sum, { weight }) => sum + weight, 0)
    settle = () => {
      if (best) best.credit -= bill
    }
    return best?.name
  }
}
