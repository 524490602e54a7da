/** Where keys can live: a Redis, a cache, a web server. */
export interface Node {
  /** Decides where it stands, so the same on every machine: `10.0.0.1:6379`. */
  readonly name: string
  /** Its share of the keys against the others'; more than 0, default 1. */
  readonly weight?: number
}

export function weightOf({ name, weight = 1 }: Node): number {
  if (weight > 0 && Number.isFinite(weight)) return weight
  throw new RangeError(`The weight of ${name} is ${weight}. Next: give a number above 0`)
}

export function atLeastOne<T>(nodes: readonly T[]): readonly T[] {
  if (nodes.length > 0) return nodes
  throw new RangeError('There is no node that keys could live on. Next: give at least one')
}
