import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from '../language.ts'
import type { Lab } from './catalog.ts'

/** Task's id → its hints in order. In the file: `## task-id`, then a numbered list. */
export function readHints(lab: Lab, language: Language): Record<string, string[]> {
  return parseHints(readFileSync(join(lab.folder, 'hints', `${language}.md`), 'utf8'))
}

export function parseHints(markdown: string): Record<string, string[]> {
  const sections = markdown.split(/^## +/m).slice(1)
  return Object.fromEntries(
    sections.map((section) => {
      const [id = '', ...lines] = section.split('\n')
      const items = lines
        .join('\n')
        .split(/^\d+\. +/m)
        .slice(1)
      return [id.trim(), items.map((item) => item.trim().replace(/^ {3}/gm, ''))]
    }),
  )
}
