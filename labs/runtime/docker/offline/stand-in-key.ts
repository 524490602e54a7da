import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const STAND_INS_FOLDER = fileURLToPath(new URL('stand-ins', import.meta.url))

/** Of all that a stand-in is made of here. The packages' own versions don't count. */
export async function keyOf(folder: string, root = STAND_INS_FOLDER): Promise<string> {
  const hash = createHash('sha256').update(process.arch)
  for (const name of ['lists', folder]) {
    const entries = await readdir(join(root, name), { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile())
    for (const path of files.map((file) => join(file.parentPath, file.name)).sort())
      hash.update(path.slice(root.length)).update(await readFile(path))
  }
  return hash.digest('hex').slice(0, 12)
}
