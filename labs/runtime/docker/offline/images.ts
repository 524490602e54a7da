import { mkdir, realpath, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { say } from '../../../language.ts'
import { BASE_KEY, makeBase } from './base-image.ts'
import { buildStandIn, withPackageLists } from './build.ts'
import { BASE_IMAGE, PREFIX, standInsOf, type StandIn } from './catalog.ts'
import { diskFull, run, type CommandOptions } from './command.ts'
import { imageCache, type ImageCache } from './image-cache.ts'
import { withLock } from './lock.ts'
import { fetchNode } from './node-package.ts'
import { rememberImages } from './memory.ts'
import { folderOf, TOOLS } from './packages.ts'
import { withPrivateApt, type PrivateApt } from './private-apt.ts'
import { toolIn } from './programs.ts'
import type { OnProgress } from './progress.ts'
import { checkMachine } from './requirements.ts'
import { openRuntimeFolder, runtimeFolder } from './runtime-folder.ts'
import { KEY_LABEL, keyOf } from './stand-in-key.ts'
import { removeRuntimeFolder } from './teardown.ts'
import { perlFor, tools } from './tools.ts'
import { bothOf, twoAtATime } from './two-at-a-time.ts'

export interface StandInWish {
  /** Of the engine: a private one's, or what leads to the machine's own. */
  readonly env: Readonly<Record<string, string>>
  readonly folder: string
  /** Official names, as nginx:1.26. */
  readonly images: readonly string[]
  readonly onProgress: OnProgress
  readonly signal?: AbortSignal | undefined
}

/** Sees to it that the engine has a stand-in `four-tiers/NAME` of each image, as of today's files. */
export async function ensureStandIns(wish: StandInWish): Promise<void> {
  const wanted = standInsOf(wish.images)
  const docker: CommandOptions = { env: wish.env, signal: wish.signal }
  if ((await missingOf(wanted, docker)).length === 0) return
  await mkdir(wish.folder, { recursive: true })
  const folder = await realpath(wish.folder)
  const { cgroup: name } = await openRuntimeFolder(folder, 'images')
  const work = async (): Promise<void> => {
    const place = await openRuntimeFolder(folder, 'images')
    try {
      const missing = await missingOf(wanted, docker)
      await provide(missing, place.home, wish, docker)
      if (wish.env['DOCKER_HOST'] !== `unix://${runtimeFolder(folder).socket}`) return
      await rememberImages(folder, missing)
      // The layers are in the images now; in an engine of our own the rest would only fill the disk.
      await run('docker', ['builder', 'prune', '--force'], docker)
    } finally {
      await removeRuntimeFolder(place)
    }
  }
  const onWait = (pid: number): void =>
    wish.onProgress({
      step: say(
        `wait for process ${pid}, which is building images`,
        `等待进程 ${pid}：它正在构建镜像`,
      ),
    })
  try {
    await withLock(name, work, { onWait, signal: wish.signal })
  } catch (error) {
    throw diskFull(error) ?? error
  }
}

type Missing = StandIn & { readonly key: string }

async function missingOf(wanted: readonly StandIn[], docker: CommandOptions): Promise<Missing[]> {
  const keyed = await Promise.all(
    wanted.map(async (standIn) => ({ ...standIn, key: await keyOf(standIn.folder) })),
  )
  const labels = await Promise.all(keyed.map(({ image }) => labelOf(PREFIX + image, docker)))
  return keyed.filter(({ key }, index) => labels[index] !== key)
}

async function labelOf(image: string, docker: CommandOptions): Promise<string> {
  const format = `{{index .Config.Labels "${KEY_LABEL}"}}`
  return run('docker', ['image', 'inspect', '--format', format, image], docker).catch(() => {
    docker.signal?.throwIfAborted()
    return ''
  })
}

/** From the cache what is there, and the rest by building. */
async function provide(
  missing: readonly Missing[],
  home: string,
  { onProgress }: StandInWish,
  docker: CommandOptions,
): Promise<void> {
  const cache = imageCache(home, toolIn(folderOf(TOOLS, home), 'zstd'))
  const toBuild: Missing[] = []
  for (const standIn of missing) {
    const { image, folder, key } = standIn
    if (cache.has(folder, key))
      onProgress({ step: say(`load ${image}`, `载入 ${image}`), seconds: 1 })
    if (!(await cache.load(folder, key, docker))) toBuild.push(standIn)
  }
  if (toBuild.length === 0) return
  const { distribution } = await checkMachine(home, true)
  await withPrivateApt(home, distribution, (apt) =>
    buildAll(toBuild, { home, apt, cache, onProgress }, docker),
  )
}

interface Workshop {
  readonly home: string
  readonly apt: PrivateApt
  readonly cache: ImageCache
  readonly onProgress: OnProgress
}

async function buildAll(
  toBuild: readonly Missing[],
  { home, apt, cache, onProgress }: Workshop,
  docker: CommandOptions,
): Promise<void> {
  const folders = { transport: join(home, 'transport'), npm: join(home, 'npm') }
  await mkdir(folders.transport, { recursive: true })
  await writeFile(join(folders.transport, 'apt.conf'), apt.transport)
  const unpacked = await tools(home, { apt, onProgress, signal: docker.signal })
  const base = async (): Promise<void> => {
    if ((await labelOf(BASE_IMAGE, docker)) === BASE_KEY) return
    if (await cache.load('base', BASE_KEY, docker)) return
    onProgress({ step: say('build a smallest Debian', '构建最小的 Debian'), seconds: 12 })
    const perl = await perlFor(home, { apt, onProgress, signal: docker.signal })
    await makeBase({ apt, perl, mmdebstrap: unpacked.mmdebstrap, home }, docker)
    await cache.save('base', BASE_KEY, BASE_IMAGE, docker)
  }
  const needsNode = toBuild.some(({ folder }) => folder === 'node')
  const node = needsNode ? fetchNode(folders.npm, docker.signal) : Promise.resolve()
  await bothOf(base(), node)
  const longestFirst = [...toBuild].sort((a, b) => b.seconds - a.seconds)
  // One waits for the mirror while the other one unpacks.
  const buildThem = (): Promise<void> =>
    twoAtATime(longestFirst, async ({ image, folder, key, seconds }) => {
      onProgress({ step: say(`build ${image}`, `构建 ${image}`), seconds })
      await buildStandIn({ image, folder }, key, folders, docker)
      await cache.save(folder, key, PREFIX + image, docker)
    })
  await withPackageLists(folders, docker, buildThem)
  for (const path of Object.values(folders)) await rm(path, { recursive: true, force: true })
}
