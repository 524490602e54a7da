import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Files for a container to mount, gone with `remove`. */
export interface Files {
  /** As for `docker run`: mounts one of them, or one of their folders. */
  at(target: string, source?: string): string[]
  remove(): Promise<void>
}

/** A text that begins with `#!` is a program. */
export async function files(texts: Readonly<Record<string, string>>): Promise<Files> {
  const folder = await mkdtemp(join(tmpdir(), 'four-tiers-files-'))
  await chmod(folder, 0o755)
  for (const [name, text] of Object.entries(texts)) {
    const path = join(folder, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
    if (text.startsWith('#!')) await chmod(path, 0o755)
  }
  return {
    at: (target, source = '.') => ['--volume', `${join(folder, source)}:${target}`],
    remove: () => rm(folder, { recursive: true }),
  }
}
