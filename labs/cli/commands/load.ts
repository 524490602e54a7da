import type { Lab } from '../../catalog/catalog.ts'
import { attach, open, takingTurns } from '../attach.ts'
import { brokenIn } from '../broken.ts'
import { type Context, exitCode } from '../context.ts'
import { type LoadPoint, type LoadRow, loadTable, measureLoad, underLoad } from '../load/measure.ts'

/** Requests per second through the reader's front: with more web servers, or with more readers. */
export async function load(context: Context, lab: Lab): Promise<number> {
  const { out, options, signal } = context
  const running = attach(lab)
  const session = running ? undefined : await open(context, lab)
  const { place, runtime } = running ?? session!
  try {
    const rows: LoadRow[] = []
    const onStart = (row: LoadPoint) => out.note(`${underLoad(row)} …`)
    const onRow = (row: LoadRow) => void rows.push(row)
    await takingTurns(context, place, async () => {
      if (running) await brokenIn(place, runtime).mendAll()
      else await runtime.apply()
      await measureLoad(place, runtime, { signal, onStart, onRow })
    })
    if (options.json) out.json({ lab: lab.slug, rows })
    else for (const line of loadTable(rows, place)) out.line(line)
    return exitCode.pass
  } finally {
    await session?.close()
  }
}
