/** The reader's files in the guest. Run by Node itself: erasable types only. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface Put {
  /** An absolute folder, which afterwards holds these files and no others. */
  readonly folder: string
  /** Path below the folder → content. */
  readonly files: Readonly<Record<string, string>>
}

/** Sent over the line, as hostfs may go on showing the old content of a file that has changed. */
export async function putFiles({ folder, files }: Put): Promise<void> {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true })
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
}
