import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Language } from '../../labs/language.ts'

const phrases = z.array(z.string().min(1)).min(1)
const ofChapter = z.record(z.string(), z.strictObject({ en: phrases, zh: phrases }))

/** What readers type who look for a section, by its heading's id. */
type SectionWords = z.infer<typeof ofChapter>

export const searchFolder = join(import.meta.dirname, '../../docs/search')

/** By the chapter's slug: `docs/search/SLUG.yaml`. */
export function readSectionWords(folder = searchFolder): ReadonlyMap<string, SectionWords> {
  return new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => [name.slice(0, -'.yaml'.length), readFile(join(folder, name))]),
  )
}

function readFile(file: string): SectionWords {
  const { data, error } = ofChapter.safeParse(parse(readFileSync(file, 'utf8')))
  if (!data) throw new Error(`${file}\n${z.prettifyError(error)}`)
  return data
}

/** `/four-tiers/zh/load-balancer#when-a-server-dies`. */
const address = /(?:^|\/)(zh\/)?([^/#]+)#(.+)$/

/** The search words of the section at an address of the index, as one text; none where it has none. */
export function wordsAt(
  id: string,
  words: ReadonlyMap<string, SectionWords> = readSectionWords(),
): string {
  const [, zh, slug = '', section = ''] = address.exec(id) ?? []
  const language: Language = zh ? 'zh' : 'en'
  return words.get(slug)?.[section]?.[language].join('\n') ?? ''
}
