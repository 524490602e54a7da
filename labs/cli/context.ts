import type { Lab } from '../catalog/catalog.ts'
import type { Options } from './arguments.ts'
import type { Output } from './output.ts'

/** What every command is given. Commands return an exit code and never end the process. */
export interface Context {
  readonly labs: readonly Lab[]
  readonly options: Options
  readonly out: Output
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
  readonly now: () => Date
}

export const exitCode = { pass: 0, fail: 1, usage: 2, environment: 3, interrupted: 130 } as const
