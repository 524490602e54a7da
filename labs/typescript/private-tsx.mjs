// What lets Node 20 read TypeScript. tsx keeps what it has translated in a folder of the temporary
// directory whose name anybody can guess, and runs what it finds there without asking who wrote it:
// another user of the machine who makes that folder first becomes the reader. So its cache is in
// node_modules, in a folder that only the reader can enter, or there is none.
import { lstatSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const packages = join(dirname(fileURLToPath(import.meta.url)), '../../node_modules')
const user = process.geteuid?.()

const { TMPDIR } = process.env
const cache = privateFolder()
if (cache) process.env.TMPDIR = cache
else if (user !== undefined) process.env.TSX_DISABLE_CACHE = '1'

const esm = await import('tsx/esm/api')
const cjs = await import('tsx/cjs/api')

/** For modules that are imported. */
export function register() {
  withPrivateCache(() => esm.register())
}

/** For those too that lie in no package of type module, as a learner's file in a temporary folder. */
export function registerForAll() {
  register()
  cjs.register()
}

/**
 * @param {string} url
 * @returns {Promise<unknown>}
 */
export const tsImport = (url) => withPrivateCache(() => esm.tsImport(url, url))

// tsx asks for the temporary directory once, when it is loaded, which a thread of its own does anew.
restore()

/**
 * @template T
 * @param {() => T} load
 */
function withPrivateCache(load) {
  if (cache) process.env.TMPDIR = cache
  try {
    return load()
  } finally {
    restore()
  }
}

function restore() {
  if (TMPDIR === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = TMPDIR
}

/** None on Windows, where each user has a temporary directory of their own; none that is not ours. */
function privateFolder() {
  if (user === undefined) return undefined
  const folder = join(packages, '.cache/four-tiers-typescript')
  try {
    // As root, nothing is left in a reader's folder that the reader could not remove.
    if (lstatSync(join(packages, '.')).uid !== user) return undefined
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const found = lstatSync(folder)
    const isPrivate = found.isDirectory() && found.uid === user && (found.mode & 0o077) === 0
    return isPrivate ? folder : undefined
  } catch {
    return undefined
  }
}
