import { mkdir, realpath } from 'node:fs/promises'
import { say } from '../../../language.ts'
import { BASE_MEGABYTES } from './base-image.ts'
import { PREFIX, standInsOf, type StandIn } from './catalog.ts'
import { diskFull, run, type CommandOptions } from './command.ts'
import { imageCache } from './image-cache.ts'
import { labelOf } from './labels.ts'
import { withLock } from './lock.ts'
import { rememberImages } from './memory.ts'
import { folderOf, TOOLS } from './packages.ts'
import { withPrivateApt } from './private-apt.ts'
import { toolIn } from './programs.ts'
import type { OnProgress } from './progress.ts'
import { checkMachine } from './requirements.ts'
import { openRuntimeFolder, runtimeFolder } from './runtime-folder.ts'
import { keyOf } from './stand-in-key.ts'
import { removeRuntimeFolder } from './teardown.ts'
import { twoAtATime } from './two-at-a-time.ts'
import { buildAll, type Missing } from './workshop.ts'

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
  const work = async (): Promise<void> => {
    const place = await openRuntimeFolder(folder, 'images')
    try {
      const missing = await missingOf(wanted, docker)
      await provide(missing, place.home, wish, docker)
      if (wish.env['DOCKER_HOST'] !== `unix://${runtimeFolder(folder).socket}`) return
      await rememberImages(folder, missing)
      // The layers are in the images now; in an engine of our own the rest would only fill the disk.
      for (const what of ['builder', 'image'])
        await run('docker', [what, 'prune', '--force'], docker)
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
    await withLock(runtimeFolder(folder, 'images').cgroup, work, { onWait, signal: wish.signal })
  } catch (error) {
    throw diskFull(error) ?? error
  }
}

async function missingOf(wanted: readonly StandIn[], docker: CommandOptions): Promise<Missing[]> {
  const keyed = await Promise.all(
    wanted.map(async (standIn) => ({ ...standIn, key: await keyOf(standIn.folder) })),
  )
  const labels = await Promise.all(keyed.map(({ image }) => labelOf(PREFIX + image, docker)))
  return keyed.filter(({ key }, index) => labels[index] !== key)
}

/** From the cache what is there, and the rest by building. */
async function provide(
  missing: readonly Missing[],
  home: string,
  { folder, onProgress }: StandInWish,
  docker: CommandOptions,
): Promise<void> {
  const cache = imageCache(home, toolIn(folderOf(TOOLS, home), 'zstd'))
  const toBuild: Missing[] = []
  await twoAtATime(missing, async (standIn) => {
    const { image, folder: name, key } = standIn
    if (cache.has(name, key))
      onProgress({ step: say(`load ${image}`, `载入 ${image}`), seconds: 1 })
    if (!(await cache.load(name, key, docker))) toBuild.push(standIn)
  })
  if (toBuild.length === 0) return
  const megabytes = toBuild.reduce((sum, standIn) => sum + standIn.megabytes, BASE_MEGABYTES)
  const { distribution } = await checkMachine(folder, { unpack: true, megabytes })
  await withPrivateApt(home, distribution, (apt) =>
    buildAll(toBuild, { home, apt, cache, onProgress }, docker),
  )
}
