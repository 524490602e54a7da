import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const inOneLanguage = z.strictObject({ term: z.string().min(1), text: z.string().min(1) })
const term = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case words joined by hyphens'),
  en: inOneLanguage,
  zh: inOneLanguage,
})

export type Term = z.infer<typeof term>

/** Every term of the book, from the `*.yaml` files in a folder. An id stands once. */
export function readTerms(folder: string): Term[] {
  const terms = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => readFile(join(folder, name)))
  const seen = new Set<string>()
  for (const { id } of terms) {
    if (seen.has(id)) throw new Error(`${folder}: the term ${id} stands twice`)
    seen.add(id)
  }
  return terms
}

function readFile(file: string): Term[] {
  const parsed = z.array(term).safeParse(parse(readFileSync(file, 'utf8')) ?? [])
  if (!parsed.success) throw new Error(`${file}\n${z.prettifyError(parsed.error)}`)
  return parsed.data
}
