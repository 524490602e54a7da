import { onCircle, type Arc } from '../parts/ring-picture.ts'

/** The more servers, the wider must a sector be, for chance to even out in it. */
export const sectorsFor = (servers: number): number => (servers > 8 ? 12 : 24)

/** What each server owns of each sector, 0 to 1: `shares[sector][server]`. */
export function sectorsOf(
  arcs: readonly Arc[],
  servers: number,
  sectors: number,
): readonly (readonly number[])[] {
  const shares = Array.from({ length: sectors }, () => new Array<number>(servers).fill(0))
  for (const { server, from, to } of arcs) {
    for (let sector = Math.floor(from * sectors); sector < to * sectors; sector++) {
      const inside = Math.min(to * sectors, sector + 1) - Math.max(from * sectors, sector)
      shares[sector]![server]! += Math.max(0, inside)
    }
  }
  return shares
}

/**
 * One band a server, from the innermost out, in each sector as wide as what it owns there: what
 * thousands of points come to, which nobody could tell apart one by one. SVG paths, by `evenodd`.
 */
export function bandsOf(
  shares: readonly (readonly number[])[],
  inner: number,
  outer: number,
): readonly string[] {
  const servers = shares[0]?.length ?? 0
  /** Straight lines that look round: one for each three degrees. */
  const corners = Math.ceil(120 / shares.length)
  /** Where the band of the first `count` servers ends, all the way round. */
  const edge = (count: number): string => {
    const places = shares.flatMap((own, sector) => {
      const filled = own.slice(0, count).reduce((sum, share) => sum + share, 0)
      const radius = inner + (outer - inner) * filled
      return Array.from({ length: corners + 1 }, (_, at) =>
        onCircle((sector + at / corners) / shares.length, radius).join(' '),
      )
    })
    return `M${places.join('L')}Z`
  }
  return Array.from({ length: servers }, (_, server) => edge(server) + edge(server + 1))
}

export interface Mark {
  readonly key: string
  readonly at: number
  /** The circle of marks on which it stands: 0 is the innermost. */
  readonly lane: number
}

/** Each key in the first lane where its mark covers no other, round the circle too. */
export function marksOf(
  keys: readonly { readonly key: string; readonly at: number }[],
  /** What a mark takes, in turns. */
  width: number,
): readonly Mark[] {
  const marks: Mark[] = []
  for (const one of keys.toSorted((a, b) => a.at - b.at)) {
    const near = marks.filter(({ at }) => apart(at, one.at) < width).map(({ lane }) => lane)
    let lane = 0
    while (near.includes(lane)) lane++
    marks.push({ ...one, lane })
  }
  return marks
}

const apart = (one: number, other: number): number => {
  const distance = Math.abs(one - other)
  return Math.min(distance, 1 - distance)
}
