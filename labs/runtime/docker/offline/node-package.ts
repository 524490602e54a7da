import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { say } from '../../../language.ts'
import { EnvironmentError } from '../../environment-error.ts'
import { run } from './command.ts'

/**
 * Node for the image's own processor, as npm packs it, with the npm that belongs to it. These and no
 * others, by the registry's own checksums (`npm view NAME dist.integrity`): what they hold runs as root.
 */
export const packages = (arch: string): readonly Package[] => [
  {
    file: 'node.tgz',
    name: `node-linux-${arch}@22.23.3`,
    integrity: arch === 'arm64' ? nodeForArm : nodeForX64,
  },
  {
    file: 'npm.tgz',
    name: 'npm@10.9.9',
    integrity:
      'sha512-1g+6jLQvaIuB4zwvHL7yrXuXcWZwDsCtBX8bbWDqbvJSSr9nPiDDWTHNgwXR27iIcTTW7v3A57hDW9RYv2W4Yg==',
  },
]

interface Package {
  readonly file: string
  readonly name: string
  readonly integrity: string
}

const nodeForX64 =
  'sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng=='
const nodeForArm =
  'sha512-l3DAHZreylo+p9QXDtsOrjG2JXJqVzYXnAGmIQNOUNARcMppTO2cmewVQP+36tjJnSE+dzpMNtgW+c3oiDvXtA=='

/** Asks the registry that npm on this machine is set up for. */
export async function fetchNode(folder: string, signal?: AbortSignal): Promise<void> {
  for (const { file, name, integrity } of packages(process.arch)) {
    const draft = join(folder, `${file}.draft`)
    await rm(draft, { recursive: true, force: true })
    await mkdir(draft, { recursive: true })
    const packed = await pack(name, draft, signal)
    await refuseOther(join(draft, packed), name, integrity)
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

/** A registry, or whoever stands before it, may give something else under the same name. */
export async function refuseOther(file: string, name: string, integrity: string): Promise<void> {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  if (`sha512-${hash.digest('base64')}` === integrity) return
  throw new EnvironmentError(
    say(
      `npm’s registry gave something else for ${name} than the project knows.`,
      `npm 的仓库给出的 ${name} 和项目记录的不一致。`,
    ),
    `npm view ${name} dist.integrity`,
  )
}
