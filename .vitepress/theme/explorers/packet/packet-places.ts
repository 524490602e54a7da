import type { Frame } from '../../../../snippets/lvs/frame.ts'
import type { Machine, Mode, Wire } from '../../../../snippets/lvs/network.ts'

export interface Spot {
  readonly x: number
  readonly y: number
}

/** The picture's size; it is drawn once, for a telephone and a desk alike. */
export const size = { width: 340, height: 372 } as const

export const spots: Readonly<
  Record<'client' | 'router' | 'director' | 'server1' | 'server2', Spot>
> = {
  client: { x: 170, y: 36 },
  router: { x: 170, y: 142 },
  director: { x: 58, y: 300 },
  server1: { x: 170, y: 300 },
  server2: { x: 282, y: 300 },
}
export type Drawn = keyof typeof spots

/** A wire that several share: a line on which each has a drop. */
export interface Bus {
  readonly wire: Wire
  readonly from: number
  readonly to: number
}
export const busY = 228
/** Where the router's cable meets the bus. */
const dropAt = (mode: Mode, wire: Wire): number =>
  mode !== 'tunnel' ? 170 : wire === 'lan' ? 146 : 194

export const busesOf = (mode: Mode): readonly Bus[] =>
  mode === 'tunnel'
    ? [
        { wire: 'lan', from: 58, to: 146 },
        { wire: 'far', from: 170, to: 282 },
      ]
    : [{ wire: 'lan', from: 58, to: 282 }]

/** A machine's own end of a wire: where its cable meets the line. */
const tap = (machine: Drawn, mode: Mode, wire: Wire): Spot =>
  machine === 'router' ? { x: dropAt(mode, wire), y: busY } : { x: spots[machine].x, y: busY }

/** From a machine to its tap, as points. */
const cable = (machine: Drawn, mode: Mode, wire: Wire): readonly Spot[] => {
  const end = tap(machine, mode, wire)
  const { y } = spots[machine]
  return [{ x: end.x, y: y + (machine === 'router' ? 20 : -26) }, end]
}

/** The ways that a frame goes: one, or to everybody on the wire. */
export function waysOf({ from, to, wire }: Frame, mode: Mode): readonly string[] {
  if (wire === 'internet') {
    const [top, bottom] = [spots.client.y + 26, spots.router.y - 20]
    return [from === 'client' ? `M170 ${top}V${bottom}` : `M170 ${bottom}V${top}`]
  }
  const others = to === 'everybody' ? onWire(mode, wire).filter((one) => one !== from) : [to]
  return others.map((other) => {
    const points = [
      ...cable(from as Drawn, mode, wire),
      ...cable(other as Drawn, mode, wire).toReversed(),
    ]
    return points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x} ${y}`).join('')
  })
}

/** All cables at rest. */
export const cablesOf = (mode: Mode): readonly string[] =>
  busesOf(mode).flatMap(({ wire, from, to }) => [
    `M${from} ${busY}H${to}`,
    ...onWire(mode, wire).map((machine) => {
      const [start, end] = cable(machine, mode, wire)
      return `M${start!.x} ${start!.y}V${end!.y}`
    }),
  ])

const onWire = (mode: Mode, wire: Wire): readonly Drawn[] => {
  if (mode !== 'tunnel') return ['router', 'director', 'server1', 'server2']
  return wire === 'lan' ? ['router', 'director'] : ['router', 'server1', 'server2']
}

export const isDrawn = (machine: Machine | 'everybody'): machine is Drawn => machine in spots
