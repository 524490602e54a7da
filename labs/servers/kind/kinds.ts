import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Change, type ServerKind, tiers } from './server-kind.ts'

const folder = join(import.meta.dirname, '..')

/** Every kind of server by its name: the files of `labs/servers/`, in the order of their tiers. */
export const kinds: ReadonlyMap<string, ServerKind> = new Map(
  (await Promise.all(readdirSync(folder).filter(isKind).sort().map(load))).sort(
    ([, a], [, b]) => tiers.indexOf(a.tier) - tiers.indexOf(b.tier),
  ),
)

function isKind(file: string): boolean {
  return file.endsWith('.ts')
}

async function load(file: string): Promise<[string, ServerKind]> {
  const { kind } = await importTypeScript(pathToFileURL(join(folder, file)).href)
  return [basename(file, '.ts'), kind]
}

interface Module {
  readonly kind: ServerKind
}

interface TypeScriptReader {
  tsImport(url: string): Promise<unknown>
}

/** In VitePress this module is part of a bundle, and Node alone may not read TypeScript. */
async function importTypeScript(url: string): Promise<Module> {
  try {
    return (await import(/* @vite-ignore */ url)) as Module
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_UNKNOWN_FILE_EXTENSION') throw error
    const reader = pathToFileURL(join(folder, '../typescript/private-tsx.mjs')).href
    const { tsImport } = (await import(/* @vite-ignore */ reader)) as TypeScriptReader
    return (await tsImport(url)) as Module
  }
}

export function kindOf({ by }: Change): ServerKind {
  const kind = kinds.get(by)
  if (!kind) throw new Error(`no labs/servers/${by}.ts`)
  return kind
}

/** In the order of the kinds' tiers; of one kind, as `lab.yaml` has them. */
export function inOrder<T>(list: readonly T[], changeOf: (one: T) => Change): T[] {
  const names = [...kinds.keys()]
  const turn = (one: T) => names.indexOf(changeOf(one).by)
  return [...list].sort((a, b) => turn(a) - turn(b))
}

/** The change that builds an image of the reader's own, where a lab has one. */
export function imageOf(
  changes: readonly Change[],
): { readonly service: string; readonly files: string } | undefined {
  for (const change of changes) {
    const service = kindOf(change).builds?.(change)
    if (service) return { service, files: change.files }
  }
  return undefined
}
