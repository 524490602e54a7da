// The credits in a Map beside the list, and reduce to find the richest.
/** One server of the group, and its share of the requests. */
export interface Server {
  readonly name: string
  readonly weight: number
}

export type Pick = (down?: ReadonlySet<string>) => string | undefined

export function createPicker(servers: readonly Server[]): Pick {
  const credits = new Map(servers.map(({ name }) => [name, 0]))
  const creditOf = ({ name }: Server) => credits.get(name) ?? 0
  return (down = new Set()) => {
    const up = servers.filter(({ name }) => !down.has(name))
    if (up.length === 0) return undefined
    for (const server of up) credits.set(server.name, creditOf(server) + server.weight)
    const best = up.reduce((a, b) => (creditOf(b) > creditOf(a) ? b : a))
    credits.set(best.name, creditOf(best) - up.reduce((sum, { weight }) => sum + weight, 0))
    return best.name
  }
}
