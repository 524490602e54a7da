import { say } from '../../../language.ts'
import { BASE_KEY, BASE_MEGABYTES } from './base-image.ts'
import { standInsOf, type StandIn } from './catalog.ts'
import { imageCache } from './image-cache.ts'
import { rememberedImages } from './memory.ts'
import { ENGINE, folderOf, TOOLS } from './packages.ts'
import { toolIn } from './programs.ts'
import { keyOf } from './stand-in-key.ts'
import { isUnpacked } from './unpack.ts'

/** One thing that is about to be done, for a reader who is asked whether it may be. */
export interface PlanStep {
  readonly what: string
  /** On the disk, when it is done. */
  readonly megabytes: number
  readonly seconds: number
  /** Done in an earlier run: it costs nothing now. */
  readonly already: boolean
}

export interface PlanOptions {
  /** False where the machine has an engine of its own, and only images are wanted. */
  readonly engine?: boolean
}

/** What `startPrivateEngine` and `ensureStandIns` would have to do in this folder. */
export async function describeOfflinePlan(
  folder: string,
  images: readonly string[],
  { engine = true }: PlanOptions = {},
): Promise<PlanStep[]> {
  const cache = imageCache(folder, toolIn(folderOf(TOOLS, folder), 'zstd'))
  const known = engine ? await rememberedImages(folder) : {}
  const steps: PlanStep[] = []
  if (engine) steps.push(engineStep(folder))
  let builds = false
  for (const standIn of standInsOf(images)) {
    const key = await keyOf(standIn.folder)
    const cached = cache.has(standIn.folder, key)
    const already = known[standIn.image] === key
    builds ||= !cached && !already
    steps.push(imageStep(standIn, cached, already))
  }
  if (builds) steps.splice(engine ? 1 : 0, 0, baseStep(cache.has('base', BASE_KEY)))
  return steps
}

const engineStep = (folder: string): PlanStep => ({
  what: say(
    'Docker Engine 26.1 with Compose and Buildx, from Debian’s packages',
    'Docker Engine 26.1 及 Compose、Buildx，来自 Debian 软件包',
  ),
  megabytes: ENGINE.megabytes,
  seconds: 10,
  already: isUnpacked(ENGINE, folder),
})

const baseStep = (already: boolean): PlanStep => ({
  what: say('a smallest Debian, for the images', '最小的 Debian，作为镜像的基础'),
  megabytes: BASE_MEGABYTES,
  seconds: 13,
  already,
})

const imageStep = (standIn: StandIn, cached: boolean, already: boolean): PlanStep => ({
  what: say(`a stand-in for ${standIn.image}`, `${standIn.image} 的替身镜像`),
  megabytes: standIn.megabytes,
  seconds: cached ? 1 : standIn.seconds,
  already,
})
