import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Lab } from '../catalog/catalog.ts'
import { askEngine } from '../runtime/docker/ask-engine.ts'
import { ofProject } from '../runtime/docker/docker-cli.ts'
import { startPrivateEngine } from '../runtime/docker/offline/engine.ts'
import { cacheFolder, projectFolder } from './folders.ts'
import { projectName } from './project-name.ts'

/** Removes what a killed run of this lab has left, on the machine's engine and on the private one. */
export async function endLeftovers(lab: Lab, data: boolean, cache = cacheFolder()): Promise<void> {
  const project = projectName(lab)
  try {
    await removeProject(project, data, {})
  } finally {
    // The private one can be tidied up even where the machine's hangs.
    await endPrivateLeftovers(project, data, join(cache, 'engine'))
  }
}

async function endPrivateLeftovers(project: string, data: boolean, folder: string): Promise<void> {
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
  const filter = ['--quiet', '--filter', ofProject(project)]
  const ask = (args: readonly string[]) => askEngine([...args, ...filter], { env })
  const found = await Promise.all([ask(['ps', '--all']), ask(['network', 'ls'])])
  if (found.some(({ stdout }) => stdout !== '')) await removeProject(project, false, env)
}

type EngineEnvironment = Readonly<Record<string, string>>

async function removeProject(project: string, data: boolean, env: EngineEnvironment) {
  const args = ['compose', '--project-name', project, 'down', '--remove-orphans', '--timeout', '2']
  const options = { env, cwd: projectFolder, seconds: 120 }
  await askEngine(data ? [...args, '--volumes'] : args, options)
  if (!data) return
  const built = ['--all', '--filter', ofProject(project)]
  await askEngine(['image', 'prune', '--force', ...built], options)
}
