import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { EnvError, type Variables } from './env.ts'
import { type FunctionsOf, ownFunctions, type Parts, variableOf } from './parts.ts'

/** Teahouse's own functions, and the reader's where the environment names a file of theirs. */
export async function loadParts<Table extends Parts>(
  table: Table,
  variables: Variables,
): Promise<FunctionsOf<Table>> {
  const functions: Record<string, unknown> = { ...ownFunctions(table) }
  for (const [file, row] of Object.entries(table)) {
    const variable = variableOf(file)
    const path = variables[variable]
    if (!path) continue // compose passes an unset variable as ''
    const module = await loadModule(variable, path, Object.keys(row))
    for (const name of Object.keys(row)) functions[name] = module[name]
  }
  return functions as FunctionsOf<Table>
}

async function loadModule(
  variable: string,
  path: string,
  functions: readonly string[],
): Promise<Readonly<Record<string, unknown>>> {
  const refuse = (what: string, cause?: unknown) => {
    const next = `Set it to a TypeScript file that exports a function ${functions.join(' and ')}`
    return new EnvError(`${variable}=${path} ${what}. ${next}`, { cause })
  }
  let module: Readonly<Record<string, unknown>>
  try {
    module = await import(pathToFileURL(resolve(path)).href)
  } catch (error) {
    const [reason] = String(error).split('\n')
    throw refuse(`can't be loaded (${reason})`, error)
  }
  for (const name of functions)
    if (typeof module[name] !== 'function') throw refuse(`exports no function ${name}`)
  return module
}
