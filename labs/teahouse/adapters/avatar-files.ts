import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Avatars } from '../ports.ts'

/**
 * One file for each person, in a folder that ought to be a volume. Names are checked at sign-in, but
 * the name in a URL is anybody's: a folder's separator or a leading dot never reaches the disk.
 */
export async function openAvatarFiles(folder: string): Promise<Avatars> {
  await mkdir(folder, { recursive: true })
  const fileOf = (name: string) =>
    /[/\\\0]|^\./.test(name) ? undefined : join(folder, `${name}.avatar`)
  return {
    async get(name) {
      const file = fileOf(name)
      if (!file) return undefined
      try {
        return new Uint8Array(await readFile(file))
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        if (code === 'ENOENT' || code === 'ENAMETOOLONG') return undefined
        throw error
      }
    },
    async put(name, bytes) {
      const file = fileOf(name)
      if (!file) throw new Error(`not a file name: ${JSON.stringify(name)}`)
      // A rename is atomic: whoever reads meanwhile gets the old picture or the new one, never half.
      const draft = join(folder, `.${randomUUID()}`)
      await writeFile(draft, bytes)
      await rename(draft, file)
    },
  }
}
