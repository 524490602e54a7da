import { existsSync, lchownSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Lab } from '../catalog/catalog.ts'
import { projectFolder, stateFolder } from './folders.ts'

/** Who has typed `sudo`. */
export interface Owner {
  readonly uid: number
  readonly gid: number
}

/** Nobody, where the command does not run as root for somebody else. */
export function sudoer(env: NodeJS.ProcessEnv, uid = process.geteuid?.()): Owner | undefined {
  const owner = { uid: Number(env.SUDO_UID), gid: Number(env.SUDO_GID) }
  return uid === 0 && owner.uid > 0 && owner.gid > 0 ? owner : undefined
}

/**
 * What `sudo npm run lab` has made is the reader's all the same: the work, the progress, the packages.
 * The engine's own folder stays root's, as its data must.
 */
export function handBack(
  owner: Owner,
  labs: readonly Pick<Lab, 'folder'>[],
  { state = stateFolder(), packages = join(projectFolder, 'node_modules') } = {},
): void {
  const works = labs.flatMap(({ folder }) =>
    readdirSync(folder)
      .filter((name) => /^work(?:\.|$)/.test(name))
      .map((name) => join(folder, name)),
  )
  const own = existsSync(state) ? readdirSync(state).filter((name) => name !== 'engine') : []
  const paths = [...works, ...own.map((name) => join(state, name)), ...madeIn(packages)]
  for (const path of paths) give(path, owner)
  if (existsSync(state)) giveOne(state, owner)
}

/** All of the packages, if root has installed them; else only what tools keep beside them. */
function madeIn(packages: string): string[] {
  const note = lstatSync(join(packages, '.package-lock.json'), { throwIfNoEntry: false })
  if (!note || note.uid === 0) return [packages]
  const kept = readdirSync(packages).filter((name) => name.startsWith('.') && name !== '.bin')
  return kept.map((name) => join(packages, name))
}

function give(path: string, owner: Owner): void {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found) return
  if (found.isDirectory()) for (const name of readdirSync(path)) give(join(path, name), owner)
  giveOne(path, owner)
}

/** What belongs to somebody already stays theirs. */
function giveOne(path: string, { uid, gid }: Owner): void {
  if (lstatSync(path).uid === 0) lchownSync(path, uid, gid)
}
