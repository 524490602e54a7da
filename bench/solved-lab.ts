import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Lab } from '../labs/catalog/catalog.ts'
import { openSession, type Session } from '../labs/session/session.ts'

/**
 * Runs a lab whose reader has its solution, as `prepare` has changed it in their folder; nothing of it is
 * left behind. Who changes more, or has prepared anything, saves it.
 */
export async function onSolution<T>(
  lab: Lab,
  project: string,
  use: (session: Session) => Promise<T>,
  prepare: (work: string) => void = () => undefined,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'four-tiers-bench-'))
  const work = join(folder, 'work')
  cpSync(join(lab.folder, 'solution'), work, { recursive: true })
  prepare(work)
  const session = await openSession({
    lab,
    folders: { work, live: join(folder, 'live'), running: join(folder, 'running.json') },
    project,
    report: () => undefined,
    consent: () => Promise.resolve(true),
  })
  try {
    return await use(session)
  } finally {
    await session.runtime.down({ data: true })
    await session.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Has the servers run by what stands in the reader's folder; `who` is named where they do not. */
export async function save({ runtime }: Session, who: string): Promise<void> {
  const applied = await runtime.apply()
  if (applied.outcome === 'broken') throw new Error(`${who}: ${applied.problems[0]?.message}`)
}
