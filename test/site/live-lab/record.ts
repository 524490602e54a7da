/**
 * Makes recordings/SLUG.json anew, each from a run of its lab with our solution on real servers:
 *
 *     npm run record             all of them
 *     npm run record cache-tier  one
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { format, resolveConfig } from 'prettier'
import { listen } from '../../../.vitepress/config/live-lab/listen.ts'
import type { Heard } from '../../../.vitepress/config/live-lab/live-route.ts'
import type { Lab } from '../../../labs/catalog/catalog.ts'
import { LabUnderTest, labs } from '../../labs/lab-under-test.ts'

const everyMs = 1_000
/** Different pages, so that no cache on the way has them. */
const paths = ['/', ...Array.from({ length: 9 }, (_, index) => `/topics/${index + 1}`)]

async function record(lab: Lab): Promise<readonly Heard[]> {
  const test = await LabUnderTest.open(lab, 'recording')
  const { place, runtime } = test.session
  const heard: Heard[] = []
  const states = new Map<string, string>()
  const isNews = (told: Heard) => {
    if (told.kind !== 'is') return true
    const before = states.get(told.server)
    states.set(told.server, told.state)
    return before !== told.state
  }
  try {
    await test.answer(join(lab.folder, 'solution'))
    const listener = listen(place, (told) => isNews(told) && heard.push(told))
    await listener.look()
    for (const path of paths) {
      await runtime.request({ requests: [{ path }] })
      await pause(everyMs / 5)
    }
    for (let looks = 0; looks < 3; looks++) {
      await listener.look()
      await pause(everyMs)
    }
    listener.stop()
  } finally {
    await test.close()
  }
  return heard
}

for (const lab of labs) {
  if (process.argv.length > 2 && !process.argv.includes(lab.slug)) continue
  const heard = await record(lab)
  const file = join(import.meta.dirname, 'recordings', `${lab.slug}.json`)
  const style = await resolveConfig(file)
  writeFileSync(file, await format(JSON.stringify(heard), { ...style, parser: 'json' }))
  process.stdout.write(`${file}: ${heard.length} heard\n`)
}
