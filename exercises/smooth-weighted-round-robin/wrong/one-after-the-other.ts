// The shares are right, but not smooth: five requests in a row for the same server.
/** One server of the group, and its share of the requests. */
export interface Server {
  readonly name: string
  readonly weight: number
}

export type Pick = (down?: ReadonlySet<string>) => string | undefined

export function createPicker(servers: readonly Server[]): Pick {
  let turn = 0
  return (down = new Set()) => {
    const up = servers.filter(({ name }) => !down.has(name))
    const cycle = up.flatMap(({ name, weight }) => Array<string>(weight).fill(name))
    return cycle[turn++ % cycle.length]
  }
}
