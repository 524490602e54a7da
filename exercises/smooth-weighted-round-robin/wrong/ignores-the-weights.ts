// Takes turns among those that are up: the strong server gets no more than the weak.
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
    return up[turn++ % up.length]?.name
  }
}
