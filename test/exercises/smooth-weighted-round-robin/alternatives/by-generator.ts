// The accounts as plain numbers by place, in a generator that is asked anew each time.
/** One server of the group, and its share of the requests. */
export interface Server {
  readonly name: string
  readonly weight: number
}

export type Pick = (down?: ReadonlySet<string>) => string | undefined

function* rounds(servers: readonly Server[]): Generator<string | undefined, never, Set<string>> {
  const credits = servers.map(() => 0)
  let down = yield undefined
  for (;;) {
    let best = -1
    let total = 0
    servers.forEach(({ name, weight }, place) => {
      if (down.has(name)) return
      credits[place]! += weight
      total += weight
      if (best < 0 || credits[place]! > credits[best]!) best = place
    })
    if (best >= 0) credits[best]! -= total
    down = yield servers[best]?.name
  }
}

export function createPicker(servers: readonly Server[]): Pick {
  const answers = rounds(servers)
  answers.next(new Set())
  return (down = new Set()) => answers.next(new Set(down)).value
}
