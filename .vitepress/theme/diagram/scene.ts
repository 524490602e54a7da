import type { TrafficEvent } from '../../../snippets/sim/event.ts'
import type { StageNode } from '../../../snippets/sim/stage.ts'
import { fillAfter, type Fills } from '../../../snippets/sim/statistics.ts'
import { pointOn, type Curve, type Layout, type Point } from './layout.ts'

export type Look = 'request' | 'answer' | 'cached' | 'error'

/** A message on its way, in the simulation's time. */
export interface Movement {
  readonly from: string
  readonly to: string
  readonly start: number
  readonly end: number
  readonly look: Look
}

/** Something went wrong at a server; seen for a moment. */
export interface Flash {
  readonly at: string
  readonly start: number
}

/** All that is on the picture: messages, queues, flashes. */
export interface Scene {
  readonly movements: readonly Movement[]
  readonly flashes: readonly Flash[]
  readonly fills: Fills
}

export const emptyScene: Scene = { movements: [], flashes: [], fills: new Map() }

/** How long a flash is seen. */
export const flashMs = 18

export function sceneAfter(scene: Scene, events: readonly TrafficEvent[], now: number): Scene {
  const isOnItsWay = ({ end }: Movement) => end > now
  const isSeen = ({ start }: Flash) => start + flashMs > now
  const movements = scene.movements.filter(isOnItsWay)
  const flashes = scene.flashes.filter(isSeen)
  for (const event of events) {
    const movement = movementOf(event)
    if (movement && isOnItsWay(movement)) movements.push(movement)
    const at = troubleAt(event)
    if (at !== undefined && event.t + flashMs > now) flashes.push({ at, start: event.t })
  }
  return { movements, flashes, fills: fillAfter(scene.fills, events) }
}

function movementOf(event: TrafficEvent): Movement | undefined {
  if (event.kind !== 'sent' && event.kind !== 'answered' && event.kind !== 'refused')
    return undefined
  const { from, to, t: start, arrives: end } = event
  return { from, to, start, end, look: lookOf(event) }
}

function lookOf(event: TrafficEvent): Look {
  if (event.kind === 'sent') return 'request'
  if (event.kind !== 'answered' || event.status !== 200) return 'error'
  return event.cached ? 'cached' : 'answer'
}

function troubleAt(event: TrafficEvent): string | undefined {
  switch (event.kind) {
    case 'rejected':
    case 'dropped':
    case 'lost':
      return event.at
    case 'timed-out':
      return event.from
    case 'ended':
      return event.status === 200 ? undefined : event.at
    default:
      return undefined
  }
}

export interface Dot extends Point {
  readonly look: Look
}

/** Slow at both ends, as a person walking from door to door. */
const ease = (u: number) => 0.4 * u + 0.6 * u * u * (3 - 2 * u)

/** Where every message is at time `t`; `behind` looks back along its way, for a tail. */
export function dotsAt(
  movements: readonly Movement[],
  t: number,
  ways: ReadonlyMap<string, Curve>,
  behind = 0,
): Dot[] {
  const dots: Dot[] = []
  for (const { from, to, start, end, look } of movements) {
    const u = (t - start) / (end - start) - behind
    const curve = ways.get(`${from}>${to}`)
    if (!curve || u < 0 || u > 1) continue
    dots.push({ ...pointOn(curve, ease(u)), look })
  }
  return dots
}

/** Requests and answers keep to their own side of the line. */
const lane = 3.6

/** Every line, both ways. */
export function waysOf(layout: Layout): ReadonlyMap<string, Curve> {
  const ways = new Map<string, Curve>()
  const beside = (by: number) => (point: Point) =>
    layout.shape === 'wide' ? { x: point.x, y: point.y + by } : { x: point.x - by, y: point.y }
  const [there, back] = [beside(-lane), beside(lane)]
  for (const { from, to, curve } of layout.lines) {
    const [a, b, c, d] = curve
    ways.set(`${from}>${to}`, [there(a), there(b), there(c), there(d)])
    ways.set(`${to}>${from}`, [back(d), back(c), back(b), back(a)])
  }
  return ways
}

/** How many of a queue are drawn; the number beside it tells of the rest. */
export const mostSeen = 24
const pitch = 7
const abreast = 4

/** The queue before a server's door: four abreast, growing away from the box. */
export function queueSpots(place: Point, count: number, layout: Layout): Point[] {
  return Array.from({ length: Math.min(count, mostSeen) }, (_, index) => {
    const depth = layout.half + 8 + Math.floor(index / abreast) * pitch
    const side = ((index % abreast) - (abreast - 1) / 2) * pitch
    return layout.shape === 'wide'
      ? { x: place.x - depth, y: place.y + side }
      : { x: place.x + side, y: place.y - depth }
  })
}

/** How busy each server has been lately, from 0 to 1: a fading mean over about 60 ms. */
export function busyAfter(
  busy: ReadonlyMap<string, number>,
  fills: Fills,
  nodes: readonly StageNode[],
  ms: number,
): ReadonlyMap<string, number> {
  const share = 1 - Math.exp(-ms / 60)
  return new Map(
    nodes.map(({ id, workers }) => {
      const before = busy.get(id) ?? 0
      const now = (fills.get(id)?.working ?? 0) / workers
      return [id, before + (now - before) * share]
    }),
  )
}

/** Where an axis ends that has room for all of them: 1, 2 or 5 times a power of ten. */
export function axisEnd(values: readonly number[]): number {
  const highest = Math.max(...values, 1)
  const power = 10 ** Math.floor(Math.log10(highest))
  return [1, 2, 5, 10].map((step) => step * power).find((end) => end >= highest)!
}

/** A line through the values, oldest first, as the points of an SVG polyline; `axisEnd` is at its top. */
export function sparkline(values: readonly number[], width: number, height: number): string {
  const end = axisEnd(values)
  const step = values.length > 1 ? width / (values.length - 1) : 0
  return values
    .map(
      (value, index) => `${(index * step).toFixed(1)},${(height * (1 - value / end)).toFixed(1)}`,
    )
    .join(' ')
}
