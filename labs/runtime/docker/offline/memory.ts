import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Image and key, kept with the engine's data, so that both are wiped together. */
const memory = (folder: string): string => join(folder, 'data', 'stand-ins.json')

/** What was last put into the engine of this folder, which may not be running now. */
export async function rememberedImages(folder: string): Promise<Readonly<Record<string, string>>> {
  try {
    return JSON.parse(await readFile(memory(folder), 'utf8')) as Record<string, string>
  } catch {
    return {}
  }
}

export async function rememberImages(
  folder: string,
  images: readonly { readonly image: string; readonly key: string }[],
): Promise<void> {
  const fresh = Object.fromEntries(images.map(({ image, key }) => [image, key]))
  const all = { ...(await rememberedImages(folder)), ...fresh }
  await writeFile(memory(folder), `${JSON.stringify(all, null, 2)}\n`)
}
