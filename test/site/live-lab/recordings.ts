import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Heard, LiveRoute } from '../../../.vitepress/config/live-lab/live-route.ts'
import type { LabEvent } from '../../../.vitepress/theme/diagram/live.ts'
import type { Lab } from '../../../labs/catalog/catalog.ts'

/** A recorded run of the lab (`npm run record SLUG` makes it anew), as the dev server tells it to the page. */
export function replay(lab: Lab): readonly LabEvent[] {
  const file = join(import.meta.dirname, 'recordings', `${lab.slug}.json`)
  if (!existsSync(file))
    throw new Error(
      `No run of lab ${lab.number} is recorded: ${file}. Next: npm run record ${lab.slug}`,
    )
  const recorded = JSON.parse(readFileSync(file, 'utf8')) as readonly Heard[]
  const route = new LiveRoute(lab)
  return recorded.flatMap((heard, t) => route.hear(heard, t) ?? [])
}
