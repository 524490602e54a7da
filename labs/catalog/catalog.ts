import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { type LabDefinition, labSchema } from './definition.ts'

/** One lab of the book: its definition, and where its folder is. */
export interface Lab extends LabDefinition {
  readonly number: number
  /** Absolute. */
  readonly folder: string
}

const numbered = /^(\d\d)-([a-z0-9-]+)$/

/** Every lab below `labs/`, in reading order. */
export function readCatalog(labsFolder: string): Lab[] {
  return readdirSync(labsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && numbered.test(entry.name))
    .map((entry) => readLab(join(labsFolder, entry.name)))
    .sort((a, b) => a.number - b.number)
}

export function readLab(folder: string): Lab {
  const name = numbered.exec(folder.split(/[\\/]/).at(-1) ?? '')
  if (!name) throw new Error(`${folder}: a lab's folder is called NN-slug`)
  const file = join(folder, 'lab.yaml')
  const parsed = labSchema.safeParse(readYaml(file))
  if (!parsed.success) throw new Error(`${file}\n${z.prettifyError(parsed.error)}`)
  if (parsed.data.slug !== name[2])
    throw new Error(`${file}: slug is ${parsed.data.slug}, the folder says ${name[2]}`)
  return { ...parsed.data, number: Number(name[1]), folder }
}

/** The parser knows line and column, not the file. */
function readYaml(file: string): unknown {
  const text = readFileSync(file, 'utf8')
  try {
    return parse(text)
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error })
  }
}
