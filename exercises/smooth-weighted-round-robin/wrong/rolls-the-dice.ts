// Right on average only: chance gives no exact shares, and runs of any length.
/** One server of the group, and its share of the requests. */
export interface Server {
  readonly name: string
  readonly weight: number
}

export type Pick = (down?: ReadonlySet<string>) => string | undefined

export function createPicker(servers: readonly Server[]): Pick {
  return (down = new Set()) => {
    const up = servers.filter(({ name }) => !down.has(name))
    const total = up.reduce((sum, { weight }) => sum + weight, 0)
    let point = Math.random() * total
    return up.find(({ weight }) => (point -= weight) < 0)?.name
  }
}
