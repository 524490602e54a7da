import { SimulatedEngine } from '../.vitepress/theme/diagram/engine.ts'
import { layoutOf } from '../.vitepress/theme/diagram/layout.ts'
import { Painter } from '../.vitepress/theme/diagram/painter.ts'
import { fourTiers } from '../snippets/sim/stages/four-tiers.ts'

// Runs in the browser: the diagram's own engine and painter, without the page around them.

export interface FrameCosts {
  readonly messages: number
  readonly workMs: readonly number[]
  readonly intervalMs: readonly number[]
}

/** So many readers that about a thousand messages are under way at once. */
const load = 20_000
const frames = 300

const engine = new SimulatedEngine(fourTiers, { steps: [] }, load)
const painter = new Painter(document.querySelector('canvas')!, layoutOf(fourTiers, 'wide'))
const workMs: number[] = []
const intervalMs: number[] = []
let messages = 0
let last: number | undefined

function onFrame(time: number) {
  if (last !== undefined) intervalMs.push(time - last)
  last = time
  const start = performance.now()
  engine.pass(16.7 / 50)
  painter.paint(engine.scene, engine.now)
  workMs.push(performance.now() - start)
  messages += engine.scene.movements.length / frames
  if (workMs.length < frames) requestAnimationFrame(onFrame)
  else Object.assign(globalThis, { frameCosts: { messages, workMs, intervalMs } })
}
requestAnimationFrame(onFrame)
