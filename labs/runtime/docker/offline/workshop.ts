import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { say } from '../../../language.ts'
import { BASE_KEY, makeBase } from './base-image.ts'
import { buildStandIn, withPackageLists, type BuildFolders } from './build.ts'
import { BASE_IMAGE, isBuiltOnOthers, PREFIX, type StandIn } from './catalog.ts'
import type { CommandOptions } from './command.ts'
import type { ImageCache } from './image-cache.ts'
import { labelOf } from './labels.ts'
import { fetchNode } from './node-package.ts'
import type { PrivateApt } from './private-apt.ts'
import type { OnProgress } from './progress.ts'
import { perlFor, tools } from './tools.ts'
import { bothOf, twoAtATime } from './two-at-a-time.ts'

/** With the key of the files that it is to be made of. */
export type Missing = StandIn & { readonly key: string }

export interface Workshop {
  readonly home: string
  readonly apt: PrivateApt
  readonly cache: ImageCache
  readonly onProgress: OnProgress
}

/** Builds stand-ins, and puts them into the cache. Its folders are gone afterwards. */
export async function buildAll(
  toBuild: readonly Missing[],
  workshop: Workshop,
  docker: CommandOptions,
): Promise<void> {
  const { home, apt, cache, onProgress } = workshop
  const folders = { transport: join(home, 'transport'), npm: join(home, 'npm') }
  // One waits for the mirror while the other one unpacks.
  const buildOne = async (standIn: Missing): Promise<void> => {
    const { image, folder, key, seconds } = standIn
    onProgress({ step: say(`build ${image}`, `构建 ${image}`), seconds })
    await buildStandIn(standIn, key, folders, docker)
    await cache.save(folder, key, PREFIX + image, docker)
  }
  const buildThem = async (): Promise<void> => {
    const isFirst = (standIn: Missing) => !isBuiltOnOthers(standIn)
    await twoAtATime(longestFirst(toBuild.filter(isFirst)), buildOne)
    await twoAtATime(toBuild.filter(isBuiltOnOthers), buildOne)
  }
  try {
    await mkdir(folders.transport, { recursive: true })
    await writeFile(join(folders.transport, 'apt.conf'), apt.transport)
    await bothOf(ensureBase(workshop, docker), npmPackages(toBuild, folders, docker))
    if (toBuild.every(isNode)) await buildThem()
    else await withPackageLists(folders, docker, buildThem)
  } finally {
    for (const path of Object.values(folders)) await rm(path, { recursive: true, force: true })
  }
}

async function ensureBase(
  { home, apt, cache, onProgress }: Workshop,
  docker: CommandOptions,
): Promise<void> {
  if ((await labelOf(BASE_IMAGE, docker)) === BASE_KEY) return
  if (await cache.load('base', BASE_KEY, docker)) return
  const unpack = { apt, onProgress, signal: docker.signal }
  const { mmdebstrap } = await tools(home, unpack)
  const perl = await perlFor(home, unpack)
  onProgress({ step: say('build a smallest Debian', '构建最小的 Debian'), seconds: 12 })
  await makeBase({ apt, perl, mmdebstrap, home }, docker)
  await cache.save('base', BASE_KEY, BASE_IMAGE, docker)
}

async function npmPackages(
  toBuild: readonly Missing[],
  { npm }: BuildFolders,
  { signal }: CommandOptions,
): Promise<void> {
  if (toBuild.some(isNode)) await fetchNode(npm, signal)
}

/** The one stand-in that is made of npm's packages, not of Debian's. */
const isNode = ({ folder }: Missing): boolean => folder === 'node'

const longestFirst = (toBuild: readonly Missing[]): readonly Missing[] =>
  [...toBuild].sort((a, b) => b.seconds - a.seconds)
