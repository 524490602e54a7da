import { readFileSync } from 'node:fs'

interface Manifest {
  /** Where the project lives: pages link to their own source and to their tests. */
  readonly repository: string
  /** Where the site is published. */
  readonly homepage?: string
}

const file = new URL('../../package.json', import.meta.url)
export const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest
