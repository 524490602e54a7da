import type { Stage, StageNode, Tier } from '../../../snippets/sim/stage.ts'

/** `wide`: tiers from left to right. `narrow`: from top to bottom, for a phone. */
export type Shape = 'wide' | 'narrow'

/** What a wide picture has to itself: a whole page, or a column of text. */
export type Room = 'page' | 'column'

export interface Point {
  readonly x: number
  readonly y: number
}

/** A cubic Bézier curve: its ends and its two handles. */
export type Curve = readonly [Point, Point, Point, Point]

export interface Place extends Point {
  readonly node: StageNode
}

export interface Line {
  readonly from: string
  readonly to: string
  /** A request goes this way only when another server is dead. */
  readonly isStandby: boolean
  readonly curve: Curve
}

export interface Frame {
  readonly label: StageNode['label']
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly labelAt: Point & { readonly anchor: 'middle' | 'start' }
}

export interface Layout {
  readonly shape: Shape
  readonly width: number
  readonly height: number
  /** Half the side of a node's box. `x` and `y` of a place are the middle of the box. */
  readonly half: number
  readonly places: readonly Place[]
  readonly lines: readonly Line[]
  readonly copies: readonly Curve[]
  readonly frames: readonly Frame[]
  readonly tiers: readonly ({ readonly tier: Tier } & Point)[]
}

const order: readonly Tier[] = [
  ...(['client', 'edge', 'l4', 'l7', 'cache', 'app', 'near', 'data', 'watch'] as const),
]

/** Room below a box for its label, and for a second line. */
const labelHeight = 24
const noteHeight = 15

const sizes = {
  wide: { half: 29, rank: 152, row: 112, margin: 76, top: 78, bottom: 78, least: 640 },
  // Seven tiers side by side, and still no letter smaller than on paper.
  snug: { half: 24, rank: 89, row: 104, margin: 42, top: 68, bottom: 62, least: 624 },
  narrow: { half: 24, rank: 124, row: 0, margin: 0, top: 52, bottom: 62, least: 342 },
} as const

export function layoutOf(stage: Stage, shape: Shape, room: Room = 'page'): Layout {
  const ranks = order
    .map((tier) => ({ tier, nodes: stage.nodes.filter((node) => node.tier === tier) }))
    .filter(({ nodes }) => nodes.length > 0)
  const isWide = shape === 'wide'
  const isTight = isWide && room === 'column' && ranks.length * sizes.wide.rank > sizes.wide.least
  const size = sizes[isTight ? 'snug' : shape]
  const rows = Math.max(...ranks.map(({ nodes }) => nodes.length))
  const width = isWide ? Math.max(size.least, ranks.length * size.rank) : size.least
  const deep = isWide ? Math.max(rows - 1, 1) * size.row : (ranks.length - 1) * size.rank
  const height = size.top + deep + size.bottom

  const along = (rank: number) =>
    isWide
      ? size.margin + (rank * (width - 2 * size.margin)) / (ranks.length - 1)
      : size.top + rank * size.rank
  const across = (index: number, count: number) =>
    isWide
      ? size.top + deep / 2 + (index - (count - 1) / 2) * size.row
      : (width * (index + 0.5)) / count

  const places = ranks.flatMap(({ nodes }, rank) =>
    nodes.map((node, index): Place => {
      const main = along(rank)
      const side = across(index, nodes.length)
      return isWide ? { node, x: main, y: side } : { node, x: side, y: main }
    }),
  )
  const placeOf = (id: string) => places.find(({ node }) => node.id === id)!
  const { half } = size

  return {
    shape,
    width,
    height,
    half,
    places,
    lines: linesOf(stage, placeOf, half, shape),
    copies: stage.copies.map(({ from, to }) => {
      const { nodes } = ranks.find(({ tier }) => tier === placeOf(from).node.tier)!
      const [one, other] = [from, to].map((id) => nodes.findIndex((node) => node.id === id))
      return copyCurve(placeOf(from), placeOf(to), half, Math.abs(one! - other!), shape)
    }),
    frames: stage.groups.map(({ label, nodes }) => ({
      label,
      ...around(nodes.map(placeOf), half, shape, isWide ? size.margin - 2 : width / rows / 2 - 2),
    })),
    tiers: isWide ? ranks.map(({ tier }, rank) => ({ tier, x: along(rank), y: 16 })) : [],
  }
}

function linesOf(stage: Stage, placeOf: (id: string) => Place, half: number, shape: Shape): Line[] {
  const lines = new Map<string, Line>()
  for (const { id, calls } of stage.nodes) {
    for (const { to: peers, pick } of calls) {
      for (const [index, to] of peers.entries()) {
        const key = `${id}>${to}`
        const isStandby = pick === 'first' && index > 0 && (lines.get(key)?.isStandby ?? true)
        const curve = callCurve(placeOf(id), placeOf(to), half, shape)
        lines.set(key, { from: id, to, isStandby, curve })
      }
    }
  }
  return [...lines.values()]
}

/** Leaves straight ahead and arrives straight ahead. */
function callCurve(from: Place, to: Place, half: number, shape: Shape): Curve {
  if (shape === 'wide') {
    const start = { x: from.x + half, y: from.y }
    const end = { x: to.x - half, y: to.y }
    const reach = (end.x - start.x) * 0.5
    return [start, { x: start.x + reach, y: start.y }, { x: end.x - reach, y: end.y }, end]
  }
  const start = { x: from.x, y: from.y + half + labelRoom(from.node) }
  const end = { x: to.x, y: to.y - half }
  const reach = (end.y - start.y) * 0.5
  return [start, { x: start.x, y: start.y + reach }, { x: end.x, y: end.y - reach }, end]
}

/** Round the outside, where no request goes: the farther, the more stands between the two. */
function copyCurve(from: Place, to: Place, half: number, rows: number, shape: Shape): Curve {
  if (shape === 'wide') {
    const bend = 20 + 14 * rows
    const [start, end] = [from, to].map(({ x, y }) => ({ x: x + half, y })) as [Point, Point]
    return [start, { x: start.x + bend, y: start.y }, { x: end.x + bend, y: end.y }, end]
  }
  if (rows === 1) {
    const [left, right] = [from, to].sort((a, b) => a.x - b.x) as [Place, Place]
    const [start, end] = [
      { x: left.x + half, y: left.y },
      { x: right.x - half, y: right.y },
    ]
    return [start, start, end, end]
  }
  const dip = 8 + 8 * rows
  const [start, end] = [from, to].map(({ x, y, node }) => ({
    ...{ x, y: y + half + labelRoom(node) },
  })) as [Point, Point]
  return [start, { x: start.x, y: start.y + dip }, { x: end.x, y: end.y + dip }, end]
}

/** `most`: so much room is beside the middle of a box. */
function around(
  places: readonly Place[],
  half: number,
  shape: Shape,
  most: number,
): Omit<Frame, 'label'> {
  const [side, above] = [Math.min(half + 24, most), half + 30]
  const left = Math.min(...places.map(({ x }) => x)) - side
  const right = Math.max(...places.map(({ x }) => x)) + side
  // Above stand the names of the tiers.
  const top = Math.max(Math.min(...places.map(({ y }) => y)) - above, shape === 'wide' ? 22 : 0)
  const bottom = Math.max(...places.map(({ y, node }) => y + half + labelRoom(node))) + 10
  const width = right - left
  // Beside a narrow frame, where requests come in from above.
  const labelAt =
    shape === 'narrow' && places.every(({ x }) => x === places[0]!.x)
      ? ({ x: right + 10, y: (top + bottom) / 2, anchor: 'start' } as const)
      : ({ x: left + width / 2, y: top + 16, anchor: 'middle' } as const)
  return { x: left, y: top, width, height: bottom - top, labelAt }
}

const labelRoom = ({ note }: StageNode) => labelHeight + (note ? noteHeight : 0)

export function pointOn([a, b, c, d]: Curve, u: number): Point {
  const v = 1 - u
  const [ka, kb, kc, kd] = [v * v * v, 3 * v * v * u, 3 * v * u * u, u * u * u]
  return {
    x: ka * a.x + kb * b.x + kc * c.x + kd * d.x,
    y: ka * a.y + kb * b.y + kc * c.y + kd * d.y,
  }
}

const round = (value: number) => Math.round(value * 10) / 10
const pair = ({ x, y }: Point) => `${round(x)} ${round(y)}`

export const pathOf = ([a, b, c, d]: Curve): string =>
  `M${pair(a)}C${pair(b)} ${pair(c)} ${pair(d)}`
