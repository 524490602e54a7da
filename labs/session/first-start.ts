import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { askEngine } from '../runtime/docker/ask-engine.ts'
import { ofProject } from '../runtime/docker/docker-cli.ts'
import type { Place } from '../runtime/docker/place.ts'
import type { Runtime } from '../runtime/runtime.ts'
import type { LabFolders } from './folders.ts'

/**
 * Starts the servers. A database that is killed while it is being made looks finished to the next
 * start, and never works: so a note stands beside the lab until its first start has succeeded, and
 * data that was made under such a note is thrown away.
 */
export async function startWhole(
  place: Place,
  { running }: LabFolders,
  runtime: Pick<Runtime, 'down'>,
  start: () => Promise<void>,
): Promise<void> {
  const note = join(dirname(running), 'first-start')
  if (existsSync(note)) await runtime.down({ data: true })
  if (await hasData(place)) return start()
  writeFileSync(note, '')
  await start()
  rmSync(note)
}

async function hasData({ project, engine }: Place): Promise<boolean> {
  const args = ['volume', 'ls', '--quiet', '--filter', ofProject(project)]
  const { stdout } = await askEngine(args, { env: engine })
  return stdout.trim() !== ''
}
