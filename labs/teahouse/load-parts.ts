import { access, constants, readFile, readdir } from 'node:fs/promises'
import { extname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openAvatarFiles } from './adapters/avatar-files.ts'
import { clientAddress } from './client-address.ts'
import { contentHash } from './content-hash.ts'
import { EnvError } from './env.ts'
import { createMemoryAvatars } from './memory/avatars.ts'
import type { Asset, Assets, Avatars, CachePolicy, ClientAddress, NoticesOf } from './ports.ts'

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

/** The reader's own answer to "who is the client?", where a lab asks for one. */
export async function loadClientAddress(path: string | undefined): Promise<ClientAddress> {
  if (path === undefined) return clientAddress
  const module = await loadModule('CLIENT_ADDRESS_MODULE', path, ['clientAddress'])
  return module['clientAddress'] as ClientAddress
}

/** The reader's own rules for copies of the pages, and for whom to tell when one is out of date. */
export async function loadCachePolicy(
  path: string | undefined,
): Promise<{ readonly cachePolicy?: CachePolicy; readonly noticesOf?: NoticesOf }> {
  if (path === undefined) return {}
  const module = await loadModule('CACHE_POLICY_MODULE', path, ['cachePolicy', 'noticesOf'])
  return module as { cachePolicy: CachePolicy; noticesOf: NoticesOf }
}

async function loadModule(
  variable: string,
  path: string,
  functions: readonly string[],
): Promise<Readonly<Record<string, unknown>>> {
  const refuse = (what: string, cause?: unknown) => {
    const next = `Set it to a TypeScript file that exports a function ${functions.join(' and ')}`
    return new EnvError(`${variable}=${path} ${what}. ${next}`, { cause })
  }
  let module: Readonly<Record<string, unknown>>
  try {
    module = await import(pathToFileURL(resolve(path)).href)
  } catch (error) {
    const [reason] = String(error).split('\n')
    throw refuse(`can't be loaded (${reason})`, error)
  }
  for (const name of functions)
    if (typeof module[name] !== 'function') throw refuse(`exports no function ${name}`)
  return module
}
