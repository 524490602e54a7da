/** So many points has a server of weight 1. */
export const POINTS = 160

/** A whole number from 0 to 2³² − 1; of one text always the same, in every process. */
export type Hash = (text: string) => number

export interface Server {
  readonly name: string
  /** Its share against the others': 2 is twice as large as 1. Above 0. */
  readonly weight: number
}

export interface Ring {
  /** Where the key lives; undefined when there is no server. */
  nodeFor(key: string): string | undefined
  /** The key's home and the next other servers, going round: so many, or as many as there are. */
  nodesFor(key: string, count: number): readonly string[]
  /** A server that is there already has this weight from now on. */
  add(server: Server): void
  remove(name: string): void
}

// A server has POINTS points for each 1 of its weight, rounded, and never none: number `i`, from 0 on,
// is the hash of its name, `#`, and `i`. A key lives with the first point that is not before its hash;
// after the last point comes the first. Where points are equal, the name that is less comes first.
export function createRing(servers: readonly Server[], hash: Hash): Ring {
  let names = servers.map(({ name }) => name)

  return {
    nodeFor(key) {
      // TODO: look for the first point, in few steps: there are thousands.
      return names[hash(key) % names.length]
    },

    nodesFor(key, count) {
      // TODO: go on round the ring, and name nobody twice.
      const first = hash(key) % names.length
      return [...names.slice(first), ...names.slice(0, first)].slice(0, count)
    },

    add({ name }) {
      // TODO: its points, by its weight.
      names = [...names, name]
    },

    remove(name) {
      names = names.filter((other) => other !== name)
    },
  }
}
