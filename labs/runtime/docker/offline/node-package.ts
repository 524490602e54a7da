import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { say } from '../../../language.ts'
import { EnvironmentError } from '../../environment-error.ts'
import { run } from './command.ts'

/** Node for the image's own processor, as npm packs it, with the npm that belongs to it. */
const PACKAGES = [
  { file: 'node.tgz', name: () => `node-linux-${process.arch}@22` },
  { file: 'npm.tgz', name: () => 'npm@10' },
]

/** Asks the registry that npm on this machine is set up for. */
export async function fetchNode(folder: string, signal?: AbortSignal): Promise<void> {
  for (const { file, name } of PACKAGES) {
    const draft = join(folder, `${file}.draft`)
    await rm(draft, { recursive: true, force: true })
    await mkdir(draft, { recursive: true })
    const packed = await pack(name(), draft, signal)
    await rename(join(draft, packed), join(folder, file))
    await rm(draft, { recursive: true, force: true })
  }
}

async function pack(name: string, folder: string, signal?: AbortSignal): Promise<string> {
  try {
    // From the folder itself: no package.json or .npmrc of a project is meant.
    const said = await run('npm', ['pack', '--silent', name], { cwd: folder, signal })
    return said.trim().split('\n').at(-1) ?? ''
  } catch (error) {
    if (error instanceof EnvironmentError || signal?.aborted) throw error
    throw new EnvironmentError(
      say(
        `npm’s registry did not give ${name}, which the stand-in for node:22-slim is made of.`,
        `npm 的仓库没有给出 ${name}，而 node:22-slim 的替身镜像由它制成。`,
      ),
      `npm view ${name} version`,
    )
  }
}
