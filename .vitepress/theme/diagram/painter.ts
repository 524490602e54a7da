import type { Layout } from './layout.ts'
import { dotsAt, flashMs, queueSpots, waysOf, type Look, type Scene } from './scene.ts'

const colors = {
  request: '--ft-ink',
  answer: '--ft-good',
  cached: '--ft-tier-l7',
  error: '--ft-bad',
} as const satisfies Record<Look, string>

/** Above this many, tails would be a blur and cost five times the work. */
const mostTails = 300
const tail = [
  { behind: 0.1, alpha: 0.06 },
  { behind: 0.075, alpha: 0.12 },
  { behind: 0.05, alpha: 0.2 },
  { behind: 0.025, alpha: 0.32 },
]
const radius = 3.2

/** Draws the moving part of the picture; one stamp per look, cut once. */
export class Painter {
  readonly #canvas: HTMLCanvasElement
  readonly #pen: CanvasRenderingContext2D
  readonly #layout: Layout
  readonly #ways: ReturnType<typeof waysOf>
  #stamps: Record<Look, HTMLCanvasElement> | undefined
  #scale = 1
  #bad = ''

  constructor(canvas: HTMLCanvasElement, layout: Layout) {
    this.#canvas = canvas
    this.#pen = canvas.getContext('2d')!
    this.#layout = layout
    this.#ways = waysOf(layout)
    this.fit()
  }

  /** After a change of size, of the screen's density or of the theme's colours. */
  fit(): void {
    const density = Math.min(devicePixelRatio, 2)
    this.#scale = (this.#canvas.clientWidth / this.#layout.width) * density
    this.#canvas.width = Math.round(this.#layout.width * this.#scale)
    this.#canvas.height = Math.round(this.#layout.height * this.#scale)
    const style = getComputedStyle(this.#canvas)
    const stamp = (look: Look) => this.#cut(look, style.getPropertyValue(colors[look]))
    this.#bad = style.getPropertyValue(colors.error)
    this.#stamps = {
      request: stamp('request'),
      answer: stamp('answer'),
      cached: stamp('cached'),
      error: stamp('error'),
    }
  }

  paint(scene: Scene, t: number): void {
    const pen = this.#pen
    // Out of sight it has no size, and an empty stamp can't be drawn.
    if (this.#scale === 0) return
    pen.setTransform(1, 0, 0, 1, 0, 0)
    pen.clearRect(0, 0, this.#canvas.width, this.#canvas.height)
    for (const place of this.#layout.places) {
      const waiting = scene.fills.get(place.node.id)?.waiting ?? 0
      for (const spot of queueSpots(place, waiting, this.#layout)) this.#stamp('request', spot)
    }
    for (const { behind, alpha } of scene.movements.length > mostTails ? [] : tail) {
      pen.globalAlpha = alpha
      for (const dot of dotsAt(scene.movements, t, this.#ways, behind)) this.#stamp(dot.look, dot)
    }
    pen.globalAlpha = 1
    for (const dot of dotsAt(scene.movements, t, this.#ways)) this.#stamp(dot.look, dot)
    this.#paintFlashes(scene, t)
  }

  #paintFlashes(scene: Scene, t: number): void {
    const pen = this.#pen
    pen.setTransform(this.#scale, 0, 0, this.#scale, 0, 0)
    pen.strokeStyle = this.#bad
    pen.lineWidth = 2
    // A hundred at one place at one time are one flash.
    const latest = new Map(scene.flashes.map((flash) => [flash.at, flash.start]))
    for (const { node, x, y } of this.#layout.places) {
      const start = latest.get(node.id)
      if (start === undefined || start > t) continue
      const age = Math.min((t - start) / flashMs, 1)
      const reach = this.#layout.half + 2 + age * 9
      pen.globalAlpha = 0.75 * (1 - age)
      pen.beginPath()
      pen.roundRect(x - reach, y - reach, 2 * reach, 2 * reach, 18 + age * 9)
      pen.stroke()
    }
    pen.globalAlpha = 1
  }

  #stamp(look: Look, { x, y }: { readonly x: number; readonly y: number }): void {
    const stamp = this.#stamps![look]
    const half = stamp.width / 2
    this.#pen.drawImage(stamp, x * this.#scale - half, y * this.#scale - half)
  }

  /** A dot; a ring for an answer out of a cache; a cross for an error. */
  #cut(look: Look, color: string): HTMLCanvasElement {
    const stamp = document.createElement('canvas')
    const size = Math.ceil((2 * radius + 3) * this.#scale)
    stamp.width = stamp.height = size
    const pen = stamp.getContext('2d')!
    pen.translate(size / 2, size / 2)
    pen.scale(this.#scale, this.#scale)
    pen.fillStyle = pen.strokeStyle = color
    pen.lineCap = 'round'
    pen.lineWidth = 2.2
    pen.beginPath()
    if (look === 'error') {
      const arm = radius - 0.4
      pen.moveTo(-arm, -arm)
      pen.lineTo(arm, arm)
      pen.moveTo(arm, -arm)
      pen.lineTo(-arm, arm)
      pen.stroke()
    } else {
      pen.arc(0, 0, look === 'cached' ? radius - 0.8 : radius - 0.4, 0, 2 * Math.PI)
      if (look === 'cached') pen.stroke()
      else pen.fill()
    }
    return stamp
  }
}
