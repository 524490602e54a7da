// A class that holds the state, handed out as a bound function.
/** One server of the group, and its share of the requests. */
export interface Server {
  readonly name: string
  readonly weight: number
}

export type Pick = (down?: ReadonlySet<string>) => string | undefined

class Group {
  private readonly peers: { readonly name: string; readonly weight: number; credit: number }[]

  constructor(servers: readonly Server[]) {
    this.peers = servers.map((server) => ({ ...server, credit: 0 }))
  }

  pick(down: ReadonlySet<string> = new Set()): string | undefined {
    const up = this.peers.filter(({ name }) => !down.has(name))
    up.forEach((peer) => (peer.credit += peer.weight))
    const [best] = up.toSorted((a, b) => b.credit - a.credit) // stable: ties keep their order
    if (!best) return undefined
    up.forEach((peer) => (best.credit -= peer.weight))
    return best.name
  }
}

export function createPicker(servers: readonly Server[]): Pick {
  const group = new Group(servers)
  return (down) => group.pick(down)
}
