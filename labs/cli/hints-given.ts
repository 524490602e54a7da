import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Lab } from '../catalog/catalog.ts'
import { readHints } from '../catalog/hints.ts'
import { currentLanguage } from '../language.ts'
import { stateFolder } from '../session/folders.ts'

/** One hint more each time, from a nudge to nearly the answer; all that were given, and how many there are. */
export function nextHints(lab: Lab, task: string): { hints: readonly string[]; of: number } {
  const all = readHints(lab, currentLanguage())[task] ?? []
  const key = `${lab.slug}/${task}`
  const given = readMemory()
  const shown = Math.min((given[key] ?? 0) + 1, all.length)
  mkdirSync(dirname(memory()), { recursive: true })
  writeFileSync(memory(), JSON.stringify({ ...given, [key]: shown }))
  return { hints: all.slice(0, shown), of: all.length }
}

const memory = () => join(stateFolder(), 'hints.json')

function readMemory(): Record<string, number> {
  try {
    return existsSync(memory())
      ? (JSON.parse(readFileSync(memory(), 'utf8')) as Record<string, number>)
      : {}
  } catch {
    return {}
  }
}
