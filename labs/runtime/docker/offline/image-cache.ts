import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from './command.ts'
import type { CommandOptions } from './command.ts'

/** Images as files, so that an engine whose data was wiped is filled again within seconds. */
export interface ImageCache {
  has(name: string, key: string): boolean
  /** Loads it into the engine; false where there is none, or one that cannot be read. */
  load(name: string, key: string, docker: CommandOptions): Promise<boolean>
  /** Best effort: a cache that cannot be written costs time later, not the lab now. */
  save(name: string, key: string, image: string, docker: CommandOptions): Promise<void>
}

export function imageCache(home: string, zstd: string): ImageCache {
  const folder = join(home, 'images')
  const archive = (name: string, key: string): string => join(folder, `${name}-${key}.tar.zst`)
  return {
    has: (name, key) => existsSync(archive(name, key)),
    async load(name, key, docker) {
      const file = archive(name, key)
      if (!existsSync(file)) return false
      try {
        await run('docker', ['load', '--quiet', '--input', file], docker)
        return true
      } catch {
        docker.signal?.throwIfAborted()
        await rm(file, { force: true })
        return false
      }
    },
    async save(name, key, image, docker) {
      const draft = join(folder, `${name}.draft`)
      try {
        await mkdir(folder, { recursive: true })
        await run('docker', ['save', '--output', `${draft}.tar`, image], docker)
        await run(zstd, ['-q', '-3', '-T0', '-f', `${draft}.tar`, '-o', `${draft}.zst`], docker)
        await forget(folder, name)
        await rename(`${draft}.zst`, archive(name, key))
      } catch {
        docker.signal?.throwIfAborted()
      } finally {
        await rm(`${draft}.tar`, { force: true })
        await rm(`${draft}.zst`, { force: true })
      }
    },
  }
}

/** The archives of a stand-in as it was before somebody edited it. */
async function forget(folder: string, name: string): Promise<void> {
  for (const file of await readdir(folder))
    if (file.startsWith(`${name}-`)) await rm(join(folder, file), { force: true })
}
