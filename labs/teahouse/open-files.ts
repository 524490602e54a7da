import { access, constants, readFile, readdir } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { openAvatarFiles } from './adapters/avatar-files.ts'
import { contentHash } from './content-hash.ts'
import { EnvError } from './env.ts'
import { createMemoryAvatars } from './memory/avatars.ts'
import type { Asset, Assets, Avatars } from './ports.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
}

export async function loadAssets(folder: string): Promise<Assets> {
  const entries = await readdir(folder, { withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return new Map(
    await Promise.all(
      files.map(async ({ name }): Promise<[string, Asset]> => {
        const bytes = new Uint8Array(await readFile(join(folder, name)))
        const type = TYPES[extname(name)] ?? 'application/octet-stream'
        return [name, { type, bytes, version: contentHash(bytes) }]
      }),
    ),
  )
}

export async function loadAvatars(folder: string | undefined): Promise<Avatars> {
  if (folder === undefined) return createMemoryAvatars()
  try {
    const avatars = await openAvatarFiles(folder)
    await access(folder, constants.W_OK)
    return avatars
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new EnvError(
      `AVATAR_DIR=${folder} can't be written by user ${process.getuid?.()} (${code}). ` +
        'Set AVATAR_DIR to a folder or volume that this user owns',
      { cause: error },
    )
  }
}
