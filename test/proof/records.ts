import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { projectFolder } from '../../labs/session/folders.ts'
import type { Digests } from './digests.ts'

/** That something was proved: only what passed is written down. */
export interface Proof extends Digests {
  /** The day, as in RFC 3339: 2026-11-23. */
  readonly day: string
  /** How long it took. */
  readonly seconds: number
}

export type Proofs = Readonly<Record<string, Proof>>

const file = join(projectFolder, 'test/proof/results.json')

export const readProofs = (): Proofs =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Proofs) : {}

export async function writeProofs(proofs: Proofs): Promise<void> {
  const sorted = Object.fromEntries(Object.entries(proofs).sort(([a], [b]) => (a < b ? -1 : 1)))
  const style = await resolveConfig(file)
  writeFileSync(file, await format(JSON.stringify(sorted), { ...style, parser: 'json' }))
}
