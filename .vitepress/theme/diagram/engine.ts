import type { TrafficEvent } from '../../../snippets/sim/event.ts'
import type { Scenario } from '../../../snippets/sim/scenarios.ts'
import { Simulation } from '../../../snippets/sim/simulation.ts'
import type { ServerState, Stage } from '../../../snippets/sim/stage.ts'
import { summarise, type Fills, type Summary } from '../../../snippets/sim/statistics.ts'
import { emptyScene, sceneAfter, type Scene } from './scene.ts'

/** Fifty times slower than life: a page that takes 50 ms is watched for 2.5 s. */
export const slowMotion = 50
/** What the figures look back on. */
const windowMs = 250
/** Life before the picture is first seen, so that it opens on a busy scene. */
const warmUpMs = windowMs

export interface Snapshot {
  readonly now: number
  readonly summary: Summary
  readonly fills: Fills
  readonly answered: number
  readonly failed: number
}

/** Feeds the picture: time goes in, a scene and its figures come out. */
export interface Engine {
  readonly scene: Scene
  readonly now: number
  /** Returns what happened. */
  pass(ms: number): readonly TrafficEvent[]
  snapshot(): Snapshot
}

/** Keeps the scene, and of the events those that figures still need. */
export class Ledger {
  scene: Scene = emptyScene
  #recent: TrafficEvent[] = []
  #answered = 0
  #failed = 0

  add(events: readonly TrafficEvent[], now: number): void {
    this.scene = sceneAfter(this.scene, events, now)
    for (const event of events) {
      if (event.kind === 'hit' || event.kind === 'miss') this.#recent.push(event)
      if (event.kind !== 'ended') continue
      this.#recent.push(event)
      if (event.status === 200) this.#answered++
      else this.#failed++
    }
  }

  snapshot(now: number, window: number): Snapshot {
    this.#recent = this.#recent.filter(({ t }) => t > now - window)
    return {
      now,
      summary: summarise(this.#recent, now, window),
      fills: this.scene.fills,
      answered: this.#answered,
      failed: this.#failed,
    }
  }
}

export class SimulatedEngine implements Engine {
  readonly #simulation: Simulation
  readonly #record = new Ledger()
  #steps: Scenario['steps'] = []

  constructor(stage: Stage, scenario: Scenario, load: number) {
    this.#simulation = new Simulation(stage, { seed: 2016, load })
    this.pass(warmUpMs)
    this.#steps = scenario.steps.map((step) => ({ ...step, atMs: step.atMs + warmUpMs }))
  }

  get scene(): Scene {
    return this.#record.scene
  }

  get now(): number {
    return this.#simulation.now
  }

  pass(ms: number): readonly TrafficEvent[] {
    const until = this.now + ms
    const events: TrafficEvent[] = []
    for (const { atMs, server, state } of this.#steps) {
      if (atMs > until) break
      events.push(...this.#simulation.advance(atMs))
      this.#simulation.setState(server, state)
    }
    this.#steps = this.#steps.filter(({ atMs }) => atMs > until)
    events.push(...this.#simulation.advance(until))
    this.#record.add(events, until)
    return events
  }

  setLoad(requestsPerSecond: number): void {
    this.#simulation.setLoad(requestsPerSecond)
  }

  setState(id: string, state: ServerState): void {
    this.#simulation.setState(id, state)
  }

  snapshot(): Snapshot {
    return this.#record.snapshot(this.now, windowMs)
  }
}
