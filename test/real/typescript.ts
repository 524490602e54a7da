import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectFolder } from '../../labs/session/folders.ts'

/** Node's options for a process of its own that runs TypeScript, as the project's commands do. */
export const typescript: readonly string[] = [
  '--import',
  pathToFileURL(join(projectFolder, 'labs/typescript/register.mjs')).href,
]
