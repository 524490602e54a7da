import { createHash } from 'node:crypto'
import type { Lab } from '../catalog/catalog.ts'
import { projectFolder } from './folders.ts'

/** What Compose calls a lab, `four-tiers-01-3f2a9c`: two copies of the book on one engine never meet. */
export function projectName({ number }: Pick<Lab, 'number'>, folder = projectFolder): string {
  const copy = createHash('sha256').update(folder).digest('hex').slice(0, 6)
  return `four-tiers-${String(number).padStart(2, '0')}-${copy}`
}
