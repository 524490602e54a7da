import { ring } from '../../../../snippets/balancing/consistent-hash.ts'
import { crc32OfText } from '../../../../snippets/hashing/crc32.ts'
import type { HashRing } from '../../../../snippets/hashing/hash-ring.ts'
import type { Server } from '../../../../snippets/balancing/upstream.ts'

/** A stretch of the ring that one server owns, in turns of the ring from 0 to 1. */
export interface Arc {
  readonly server: number
  readonly from: number
  readonly to: number
}

const around = 2 ** 32

export const arcs = (servers: readonly Server[]): readonly Arc[] =>
  arcsOf(
    ring(servers),
    servers.map(({ name }) => name),
  )

/** Stretches of one owner that touch are one; `server` is the owner's place among the names. */
export function arcsOf(own: HashRing, names: readonly string[]): readonly Arc[] {
  const points = Array.from({ length: own.size }, (_, index) => own.pointAt(index))
  const out: Arc[] = []
  let from = 0
  for (const [index, { at, node }] of points.entries()) {
    if (points[index + 1]?.node === node) continue
    out.push({ server: names.indexOf(node), from, to: at / around })
    from = at / around
  }
  return [...out, { server: names.indexOf(points[0]!.node), from, to: 1 }]
}

export const sharesOf = (all: readonly Arc[], count: number): readonly number[] =>
  Array.from({ length: count }, (_, server) =>
    all.reduce((sum, arc) => (arc.server === server ? sum + arc.to - arc.from : sum), 0),
  )

/** Where a key lies, and whose it is. */
export function placeOf(servers: readonly Server[], key: string) {
  const server = indexOf(servers, ring(servers).nodeFor(key))
  return { at: crc32OfText(key) / around, server }
}

export interface KeyPlace {
  readonly key: string
  readonly at: number
  readonly server: number
  /** 1 for a key so near to another that its mark must stand further out. */
  readonly lane: 0 | 1
}

/** Two marks nearer than this, in turns, would cover each other. */
const markWidth = 0.035

export function placeKeys(
  servers: readonly Server[],
  keys: readonly string[],
): readonly KeyPlace[] {
  const places = keys.map((key) => ({ key, ...placeOf(servers, key) }))
  const sorted = places.toSorted((a, b) => a.at - b.at)
  let inner = Number.NEGATIVE_INFINITY
  return sorted.map((place) => {
    const lane = place.at - inner < markWidth ? 1 : 0
    if (lane === 0) inner = place.at
    return { ...place, lane }
  })
}

/** An SVG path along the circle of this radius around 0, 0; it begins at the top. */
export function arcPath({ from, to }: Pick<Arc, 'from' | 'to'>, radius: number): string {
  const [x1, y1] = onCircle(from, radius)
  // A whole turn would end where it began, and nothing be drawn.
  const [x2, y2] = onCircle(Math.min(to, from + 0.9999), radius)
  return `M${x1} ${y1}A${radius} ${radius} 0 ${to - from > 0.5 ? 1 : 0} 1 ${x2} ${y2}`
}

export function onCircle(turn: number, radius: number): readonly [number, number] {
  const angle = (turn - 0.25) * 2 * Math.PI
  return [round(radius * Math.cos(angle)), round(radius * Math.sin(angle))]
}

const round = (value: number): number => Math.round(value * 100) / 100

const indexOf = (servers: readonly Server[], name: string): number =>
  servers.findIndex((one) => one.name === name)
