import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Stands beside the live folder while it holds files that no server has accepted yet. */
export const trialNote = (live: string) => join(dirname(live), 'on-trial')

/** The note goes when the work has come to an end; whoever dies on the way, or throws, leaves it. */
export async function onTrial<T>(live: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(live), { recursive: true })
  writeFileSync(trialNote(live), '')
  const result = await work()
  rmSync(trialNote(live), { force: true })
  return result
}
