/** What the machines have said. Run by Node itself: erasable types only. */
import { readFileSync } from 'node:fs'

export const logOf = (machine: string) => `/run/log/${machine}`

export interface LogWish {
  readonly machine: string
  /** Milliseconds since the epoch; only later lines. */
  readonly since?: number
  readonly tail?: number
}

export async function logs({ machine, tail }: LogWish): Promise<string> {
  const lines = readFileSync(logOf(machine), 'utf8').trimEnd().split('\n')
  return lines.slice(tail === undefined ? 0 : -tail).join('\n')
}
