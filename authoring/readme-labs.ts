import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { type Lab, readCatalog } from '../labs/catalog/catalog.ts'
import type { Language } from '../labs/language.ts'
import { labsFolder, projectFolder } from '../labs/session/folders.ts'

const files: Readonly<Record<Language, string>> = { en: 'README.md', zh: 'README.zh-CN.md' }
const heads: Readonly<Record<Language, string>> = {
  en: '| | lab | what runs |',
  zh: '| | 实验 | 运行着什么 |',
}
/** The only table that begins so, to its last row. */
const table = (language: Language) => {
  const words = heads[language].split('|').map((word) => word.trim())
  return new RegExp(`^${words.join('\\s*\\|\\s*').replace(/\\s\*$/, '')}.*\\n(?:\\|.*\\n)+`, 'm')
}

/** A README with the table of the labs as their lab.yaml have it. */
export async function withLabs(
  language: Language,
  labs: readonly Lab[] = readCatalog(labsFolder),
): Promise<string> {
  const file = join(projectFolder, files[language])
  const text = readFileSync(file, 'utf8')
  if (!table(language).test(text))
    throw new Error(`${files[language]} has no table that begins with ${heads[language]}`)
  const rows = labs.map(({ folder, number, title, runs }) => {
    const readme = `labs/${basename(folder)}/${files[language]}`
    return `| ${number} | [${title[language]}](${readme}) | ${runs[language]} |`
  })
  const whole = [heads[language], '| --- | --- | --- |', ...rows, ''].join('\n')
  const written = text.replace(table(language), () => whole)
  return format(written, { ...(await resolveConfig(file)), filepath: file })
}

export async function writeLabs(): Promise<void> {
  for (const language of ['en', 'zh'] as const)
    writeFileSync(join(projectFolder, files[language]), await withLabs(language))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await writeLabs()
