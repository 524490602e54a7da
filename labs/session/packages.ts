import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Lab } from '../catalog/catalog.ts'
import { packagesFolder } from '../runtime/docker/place.ts'
import { imageOf } from '../servers/kind/kinds.ts'
import { projectFolder } from './folders.ts'

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>
}

/**
 * Copies what a lab's image installs out of this project's own packages, so that a build needs no
 * network. What that is says the `package-lock.json` beside the Dockerfile.
 */
export function providePackages(lab: Lab, live: string): void {
  const image = imageOf(lab.changes)
  if (!image) return
  const lock = join(lab.folder, 'solution', image.files, 'package-lock.json')
  const { packages } = JSON.parse(readFileSync(lock, 'utf8')) as Lock
  for (const [place, { version }] of Object.entries(packages)) {
    if (place === '') continue
    const to = join(packagesFolder(live), place.replace(/^node_modules\//, ''))
    if (versionIn(to) === version) continue
    // Copied beside and renamed: half a package would look like a whole one.
    rmSync(`${to}.new`, { recursive: true, force: true })
    cpSync(join(projectFolder, place), `${to}.new`, { recursive: true, dereference: true })
    rmSync(to, { recursive: true, force: true })
    renameSync(`${to}.new`, to)
  }
}

function versionIn(folder: string): string | undefined {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return undefined
  return (JSON.parse(readFileSync(file, 'utf8')) as { version?: string }).version
}
