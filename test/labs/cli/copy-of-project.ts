import { execFileSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheFolder, projectFolder } from '../../../labs/session/folders.ts'

/** Starts in seconds, and has a server of each kind that a reader's file can break. */
const tinyFiles = relative(projectFolder, fileURLToPath(new URL('./tiny-lab', import.meta.url)))
export const tinyLab = '01-tiny'

/**
 * The book as a reader has it after cloning, under a path with spaces and Chinese characters; where
 * `lab` is given, one of ours or the tiny one, that is the only lab in it. Engine and packages are this checkout's; work,
 * progress and servers are its own.
 */
export function copyOfProject(lab?: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), '四层 架构 four tiers ')))
  for (const file of filesOfProject()) {
    const place = lab ? placeOf(file) : file
    if (lab && /^labs\/\d\d-/.test(place) && !place.startsWith(`labs/${lab}/`)) continue
    mkdirSync(dirname(join(folder, place)), { recursive: true })
    cpSync(join(projectFolder, file), join(folder, place), { preserveTimestamps: true })
  }
  // Older than the packages, so that the command does not install them anew.
  utimesSync(join(folder, 'package-lock.json'), 0, 0)
  symlinkSync(join(projectFolder, 'node_modules'), join(folder, 'node_modules'), 'dir')
  return folder
}

export const removeCopy = (folder: string) => rmSync(folder, { recursive: true, force: true })

/** The tiny lab stands among the labs. */
const placeOf = (file: string) =>
  file.replace(`${tinyFiles.split(sep).join('/')}/`, `labs/${tinyLab}/`)

/** What is in git, or will be; but for what is deleted and still listed. */
function filesOfProject(): string[] {
  const options = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const gone = new Set(list(['ls-files', '-z', '--deleted']))
  return list(options).filter((file) => !gone.has(file))
}

const list = (args: readonly string[]) =>
  execFileSync('git', args, { cwd: projectFolder, encoding: 'utf8' }).split('\0').filter(Boolean)

/** The surroundings of a reader's shell: no colours forced, no language but English. */
export function readersEnvironment(): NodeJS.ProcessEnv {
  const foreign =
    /^(?:npm_|VITEST|FORCE_COLOR$|NO_COLOR$|FOUR_TIERS_|NODE_ENV$|LC_|LANG$|TEST$|DEV$|PROD$|MODE$|SSR$|BASE_URL$)/
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name))
  const { FOUR_TIERS_ENGINE, FOUR_TIERS_OFFLINE } = process.env
  return {
    ...Object.fromEntries(kept),
    ...(FOUR_TIERS_ENGINE && { FOUR_TIERS_ENGINE }),
    ...(FOUR_TIERS_OFFLINE && { FOUR_TIERS_OFFLINE }),
    FOUR_TIERS_CACHE: cacheFolder(),
    LANG: 'C.UTF-8',
  }
}
