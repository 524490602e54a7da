import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Lab } from '../catalog/catalog.ts'

export const projectFolder = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '')
export const labsFolder = join(projectFolder, 'labs')

/** What the project keeps for itself: live copies, progress. Never in git. */
export const stateFolder = (env: NodeJS.ProcessEnv = process.env) =>
  env.FOUR_TIERS_HOME ?? join(projectFolder, '.four-tiers')

/** Engine and images: large, the same for every copy of the project, safe to delete. */
export const cacheFolder = (env: NodeJS.ProcessEnv = process.env) =>
  env.FOUR_TIERS_CACHE ?? stateFolder(env)

/** Where one run of a lab keeps its things. */
export interface LabFolders {
  /** The reader's files. */
  readonly work: string
  /** The last good copy of them. */
  readonly live: string
  /** Says who runs the lab, while it runs. */
  readonly running: string
}

export function labFolders(lab: Lab, state = stateFolder()): LabFolders {
  const own = join(state, 'labs', lab.slug)
  return {
    work: join(lab.folder, 'work'),
    live: join(own, 'live'),
    running: join(own, 'running.json'),
  }
}
