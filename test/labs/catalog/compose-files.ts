import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { parse } from 'yaml'
import type { Lab } from '../../../labs/catalog/catalog.ts'

/** As it is written, with YAML's own anchors followed: what `extends` brings is not in it. */
export type Written = Readonly<Record<string, unknown>>

interface ComposeFile {
  readonly services: Readonly<Record<string, Written>>
}

/** A lab's own Compose files, the later on top of the first; what the reader writes is not among them. */
export const ownFiles = ({ folder, ipvs }: Lab): string[] =>
  ['compose.yaml', ...(ipvs ? [ipvs.engine] : [])].map((name) => join(folder, name))

/** What the reader writes of them, where it is given and where it is done. */
export const readersFiles = ({ folder }: Pick<Lab, 'folder'>): string[] =>
  ['starter', 'solution']
    .map((stage) => join(folder, stage, 'compose.yaml'))
    .filter((file) => existsSync(file))

export const servicesIn = (file: string): ComposeFile['services'] =>
  (parse(readFileSync(file, 'utf8'), { merge: true }) as ComposeFile).services

/** What a plain `docker compose up` in the lab's folder goes by. */
export const defaultsOf = ({ folder }: Pick<Lab, 'folder'>) =>
  parseEnv(readFileSync(join(folder, '.env'), 'utf8')) as Readonly<Record<string, string>>
