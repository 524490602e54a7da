import { layoutOf } from '../../../.vitepress/theme/diagram/layout.ts'
import type { LabEvent } from '../../../.vitepress/theme/diagram/live.ts'
import { type Lab, readCatalog } from '../../../labs/catalog/catalog.ts'
import { labsFolder } from '../../../labs/session/folders.ts'
import type { Stage } from '../../../snippets/sim/stage.ts'
import { stages } from '../../../snippets/sim/stages/index.ts'

/** Every lab whose chapter has a picture, and the picture. */
export const drawn: readonly { readonly lab: Lab; readonly stage: Stage }[] = readCatalog(
  labsFolder,
).flatMap((lab) => {
  const stage = stages.find(({ slug }) => slug === lab.slug)
  return stage ? [{ lab, stage }] : []
})

/** `client>edge`: the hops of an answer, there; each has its way back on the same line. */
export const hopsOf = (path: readonly string[]): readonly string[] =>
  path.slice(1).map((to, index) => `${path[index]}>${to}`)

/** Those for which the picture has no line. */
export function strayHops(stage: Stage, events: readonly LabEvent[]): readonly string[] {
  const lines = new Set(layoutOf(stage, 'wide').lines.map(({ from, to }) => `${from}>${to}`))
  const hops = events.flatMap((event) => (event.kind === 'answered' ? hopsOf(event.path) : []))
  return [...new Set(hops)].filter((hop) => !lines.has(hop))
}
