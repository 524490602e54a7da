/** One server of the group, and its share of the requests. */
export interface Server {
  readonly name: string
  readonly weight: number
}

/** Who answers the next request; nobody, if every server is down. */
export type Pick = (down?: ReadonlySet<string>) => string | undefined

export function createPicker(servers: readonly Server[]): Pick {
  let turn = 0

  // TODO: heed the weights, spread the turns, pass over who is down.
  return (down = new Set()) => {
    const { name } = servers[turn++ % servers.length]!
    return down.has(name) ? undefined : name
  }
}
