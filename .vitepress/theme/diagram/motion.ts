import type { TrafficEvent } from '../../../snippets/sim/event.ts'
import type { ServerState, StageNode } from '../../../snippets/sim/stage.ts'
import { slowMotion, type Engine, type Snapshot } from './engine.ts'
import type { Layout } from './layout.ts'
import type { Transcript } from './messages.ts'
import { Painter } from './painter.ts'
import { busyAfter } from './scene.ts'
import { Narrator } from './transcript.ts'

/** What the page shows beside the canvas; told a few times a second. */
export interface View extends Snapshot {
  readonly busy: ReadonlyMap<string, number>
  readonly states: ReadonlyMap<string, ServerState>
  readonly lines: readonly string[]
}

export interface Stand {
  readonly canvas: HTMLCanvasElement
  readonly nodes: readonly StageNode[]
  readonly words: () => Transcript
  readonly nameOf: (id: string) => string
  readonly show: (view: View) => void
}

const showEveryMs = 200
/** A tab that was asleep goes on where it was, without a jump. */
const longestFrameMs = 50

/** Runs the engine by the screen's clock, paints it, and tells the page. */
export class Motion {
  speed = 1
  readonly #stand: Stand
  readonly #engine: Engine
  readonly #narrator: Narrator
  readonly #states = new Map<string, ServerState>()
  #busy: ReadonlyMap<string, number> = new Map()
  #lines: string[] = []
  #painter: Painter | undefined
  #frame = 0
  #last: number | undefined
  #shownAt = 0

  constructor(stand: Stand, engine: Engine) {
    this.#stand = stand
    this.#narrator = new Narrator(stand.nodes)
    this.#engine = engine
  }

  run(): void {
    if (this.#frame) return
    this.#last = undefined
    const onFrame = (time: number) => {
      this.#frame = requestAnimationFrame(onFrame)
      const ms = Math.min(time - (this.#last ?? time), longestFrameMs)
      this.#last = time
      this.pass((ms * this.speed) / slowMotion)
      if (time - this.#shownAt < showEveryMs) return
      this.#shownAt = time
      this.show()
    }
    this.#frame = requestAnimationFrame(onFrame)
  }

  stop(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
  }

  pass(ms: number): void {
    const events = this.#engine.pass(ms)
    this.#note(events)
    const { fills } = this.#engine.scene
    this.#busy = busyAfter(this.#busy, fills, this.#stand.nodes, ms)
    this.paint()
  }

  paint(): void {
    this.#painter?.paint(this.#engine.scene, this.#engine.now)
  }

  /** A new layout, size or theme. */
  fit(layout: Layout): void {
    this.#painter = new Painter(this.#stand.canvas, layout)
    this.paint()
  }

  show(): void {
    this.#stand.show({
      ...this.#engine.snapshot(),
      busy: this.#busy,
      states: new Map(this.#states),
      lines: this.#lines,
    })
    this.#lines = []
  }

  say(line: string): void {
    this.#lines.push(line)
  }

  #note(events: readonly TrafficEvent[]): void {
    for (const event of events) if (event.kind === 'state') this.#states.set(event.at, event.state)
    const { words, nameOf } = this.#stand
    this.#lines.push(...this.#narrator.tell(events, words(), nameOf))
  }
}

export { SimulatedEngine } from './engine.ts'
