import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import type { Lab } from '../catalog/catalog.ts'
import { startPrivateEngine } from '../runtime/docker/offline/engine.ts'
import { cacheFolder } from './folders.ts'
import { projectName } from './project-name.ts'

/** Removes what a killed run of this lab has left, on the machine's engine and on the private one. */
export async function endLeftovers(lab: Lab, data: boolean, cache = cacheFolder()): Promise<void> {
  const project = projectName(lab)
  await removeProject(project, data, {})
  const folder = join(cache, 'engine')
  if (!existsSync(folder)) return
  // Starting adopts an engine that was left running; stopping ends it when nobody else needs it.
  const engine = await startPrivateEngine({ folder, onProgress: () => undefined })
  try {
    await removeProject(project, data, engine.env)
  } finally {
    await engine.stop()
  }
}

async function removeProject(
  project: string,
  data: boolean,
  env: Readonly<Record<string, string>>,
) {
  const args = ['compose', '--project-name', project, 'down', '--remove-orphans', '--timeout', '2']
  await execa('docker', data ? [...args, '--volumes'] : args, { env, reject: false }).catch(
    () => undefined,
  )
}
