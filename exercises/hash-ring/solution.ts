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
  interface Point {
    readonly at: number
    readonly name: string
  }

  const weights = new Map(servers.map(({ name, weight }) => [name, weight]))
  let points = allPoints()

  function allPoints(): readonly Point[] {
    const all = [...weights].flatMap(([name, weight]) => pointsOf({ name, weight }))
    return all.sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1))
  }

  function pointsOf({ name, weight }: Server): readonly Point[] {
    const length = Math.max(1, Math.round(weight * POINTS))
    return Array.from({ length }, (_, i) => ({ at: hash(`${name}#${i}`), name }))
  }

  /** The place in the list of the first point that is not before the key. */
  function indexFor(key: string): number {
    const place = hash(key)
    let low = 0
    let high = points.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (points[middle]!.at < place) low = middle + 1
      else high = middle
    }
    return low % points.length
  }

  return {
    nodeFor(key) {
      return points[indexFor(key)]?.name
    },

    nodesFor(key, count) {
      const found = new Set<string>()
      const wanted = Math.min(count, weights.size)
      for (let index = indexFor(key); found.size < wanted; index = (index + 1) % points.length)
        found.add(points[index]!.name)
      return [...found]
    },

    add({ name, weight }) {
      weights.set(name, weight)
      points = allPoints()
    },

    remove(name) {
      weights.delete(name)
      points = allPoints()
    },
  }
}
