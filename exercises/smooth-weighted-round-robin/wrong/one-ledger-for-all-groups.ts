// The credits lie outside createPicker: two groups with a server of one name share them.
/** One server of the group, and its share of the requests. */
export interface Server {
  readonly name: string
  readonly weight: number
}

export type Pick = (down?: ReadonlySet<string>) => string | undefined

const credits = new Map<string, number>()

export function createPicker(servers: readonly Server[]): Pick {
  return (down = new Set()) => {
    let best: Server | undefined
    let total = 0
    for (const server of servers) {
      if (down.has(server.name)) continue
      credits.set(server.name, (credits.get(server.name) ?? 0) + server.weight)
      total += server.weight
      if (!best || credits.get(server.name)! > credits.get(best.name)!) best = server
    }
    if (best) credits.set(best.name, credits.get(best.name)! - total)
    return best?.name
  }
}
