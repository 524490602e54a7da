import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { format, getFileInfo, resolveConfig } from 'prettier'
import { projectFolder } from '../labs/session/folders.ts'

/** A word of a skeleton, `«slug»` → what stands for it here. */
export type Words = Readonly<Record<string, string | number>>

/** A skeleton's folder or file → where it goes, both from their roots: `lab` → `labs/04-one-redis`. */
export type Places = Readonly<Record<string, string>>

const skeletons = join(import.meta.dirname, 'skeletons')
/** So that lint and types pass over a file with words to be filled in. */
const disguise = /\.txt$/

/** Fills skeletons in; the files that it wrote, from the project's root. None if one is there already. */
export async function writeSkeleton(places: Places, words: Words): Promise<readonly string[]> {
  const pairs = Object.entries(places).flatMap(([from, to]) =>
    filesOf(from).map(
      (file) => [file, join(to, relative(from, file)).replace(disguise, '')] as const,
    ),
  )
  const there = pairs.map(([, to]) => to).filter((to) => existsSync(join(projectFolder, to)))
  if (there.length > 0) throw new Error(`${there[0]} is there already`)
  for (const [from, to] of pairs) {
    const file = join(projectFolder, to)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(
      file,
      await tidy(file, filled(readFileSync(join(skeletons, from), 'utf8'), words)),
    )
  }
  return pairs.map(([, to]) => to.split(sep).join('/'))
}

/** A file is the one file of itself. */
function filesOf(from: string): string[] {
  const below = readdirSync(skeletons, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(skeletons, join(entry.parentPath, entry.name)))
  return below.filter((file) => file === from || file.startsWith(from + sep)).sort()
}

function filled(text: string, words: Words): string {
  return text.replace(/«(\w+)»/g, (whole, word: string) => {
    if (word in words) return String(words[word])
    throw new Error(`a skeleton has the word ${whole}, for which there is nothing`)
  })
}

async function tidy(file: string, text: string): Promise<string> {
  const { inferredParser } = await getFileInfo(file)
  if (!inferredParser) return text
  return format(text, { ...(await resolveConfig(file)), filepath: file })
}
