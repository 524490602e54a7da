import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import type { Lab } from '../catalog/catalog.ts'
import { startPrivateEngine } from '../runtime/docker/offline/engine.ts'
import { cacheFolder, projectFolder } from './folders.ts'
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

/** A killed run's servers hold ports and a network that the next start would have to avoid. */
export async function removeLeftovers(project: string, env: EngineEnvironment): Promise<void> {
  const filter = ['--quiet', '--filter', `label=com.docker.compose.project=${project}`]
  const ask = (args: readonly string[]) =>
    execa('docker', [...args, ...filter], { env, reject: false })
  const found = await Promise.all([ask(['ps', '--all']), ask(['network', 'ls'])])
  if (found.some(({ stdout }) => stdout !== '')) await removeProject(project, false, env)
}

type EngineEnvironment = Readonly<Record<string, string>>

async function removeProject(project: string, data: boolean, env: EngineEnvironment) {
  const args = ['compose', '--project-name', project, 'down', '--remove-orphans', '--timeout', '2']
  const options = { env, cwd: projectFolder, reject: false }
  await execa('docker', data ? [...args, '--volumes'] : args, options).catch(() => undefined)
  if (!data) return
  const built = ['--all', '--filter', `label=com.docker.compose.project=${project}`]
  await execa('docker', ['image', 'prune', '--force', ...built], options).catch(() => undefined)
}
