import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { applyEdits, type Edit } from '../../../labs/catalog/edits.ts'

/** A mistake to make in a model's source: this text, which stands there once, becomes that. */
export interface Bug extends Edit {
  readonly name: string
  readonly file: string
}

const snippets = fileURLToPath(new URL('../../../snippets/', import.meta.url))

/** Loads a module, named from `snippets/`. */
export type Load = (module: string) => Promise<unknown>

/** Makes the mistake in a copy of `snippets/`, and lets modules be loaded from there. */
export async function withBug<T>(
  { file, ...edit }: Bug,
  use: (load: Load) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'four-tiers-bug-'))
  try {
    await cp(snippets, folder, { recursive: true })
    const text = await readFile(join(folder, file), 'utf8')
    await writeFile(join(folder, file), applyEdits(text, [edit]))
    return await use(
      (module) => import(/* @vite-ignore */ pathToFileURL(join(folder, module)).href),
    )
  } finally {
    await rm(folder, { recursive: true })
  }
}
