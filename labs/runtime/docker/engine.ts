import { join } from 'node:path'
import { execa } from 'execa'
import { say } from '../../language.ts'
import { EnvironmentError } from '../environment-error.ts'
import type { Report } from '../runtime.ts'
import { askEngine } from './ask-engine.ts'
import { RACK_IMAGE } from './offline/catalog.ts'
import { startPrivateEngine } from './offline/engine.ts'
import { ensureStandIns } from './offline/images.ts'
import { ENGINE } from './offline/packages.ts'
import { describeOfflinePlan, type PlanStep } from './offline/plan.ts'
import type { OnProgress } from './offline/progress.ts'
import { checkMachine } from './offline/requirements.ts'
import { STAND_INS_FOLDER } from './offline/stand-in-key.ts'
import { isUnpacked } from './offline/unpack.ts'

/** An engine with the images of a lab in it. */
export interface Engine {
  readonly env: Readonly<Record<string, string>>
  /** See `Place.imagePrefix`. */
  readonly imagePrefix: string
  readonly isPrivate: boolean
  /** Ends the engine if it is ours and nobody else uses it. */
  release(): Promise<void>
}

export interface EngineWish {
  readonly cache: string
  readonly images: readonly string[]
  readonly report: Report
  /** Asked before anything large is unpacked or built. */
  readonly consent: (plan: readonly PlanStep[]) => Promise<boolean>
  readonly signal?: AbortSignal
}

const standInPrefix = 'four-tiers/'

/**
 * The machine's own engine and the official images, where they can be had. Where no registry
 * answers: stand-ins built from Debian's packages; where there is no engine: a private one.
 */
export async function chooseEngine(wish: EngineWish): Promise<Engine> {
  const own = process.env.FOUR_TIERS_ENGINE === 'private' ? undefined : await machineEngine()
  if (own) {
    const release = () => Promise.resolve()
    const imagePrefix = await provideImages(own, wish)
    return { env: own, imagePrefix, isPrivate: false, release }
  }
  // What cannot be done is not offered first.
  await canBringEngine(wish.cache)
  await agree(wish, true)
  const engine = await startPrivateEngine({
    folder: join(wish.cache, 'engine'),
    onProgress: steps(wish.report),
    signal: wish.signal,
  })
  try {
    await buildStandIns(engine.env, wish)
  } catch (error) {
    await engine.stop()
    throw error
  }
  return {
    env: engine.env,
    imagePrefix: standInPrefix,
    isPrivate: true,
    release: () => engine.stop(),
  }
}

/** Throws what this machine lacks for an engine of the project's own. Says whether one is unpacked already. */
export async function canBringEngine(cache: string): Promise<boolean> {
  const folder = join(cache, 'engine')
  const isThere = isUnpacked(ENGINE, folder)
  await checkMachine(folder, { unpack: !isThere })
  return isThere
}

/** Nothing to add to the environment when `docker` reaches an engine with Compose v2. */
async function machineEngine(): Promise<Record<string, string> | undefined> {
  const ask = (args: string[]) => execa('docker', args, { reject: false, timeout: 20_000 })
  const info = await ask(['info', '--format', '{{.ServerVersion}}'])
  if (info.exitCode !== 0 || !/^\d/.test(info.stdout)) return undefined
  const compose = await ask(['compose', 'version', '--short'])
  if (compose.exitCode === 0) return {}
  throw new EnvironmentError(
    say('Docker runs here, but without Compose v2.', '这里的 Docker 没有 Compose v2。'),
    'https://docs.docker.com/compose/install/',
  )
}

async function provideImages(env: Record<string, string>, wish: EngineWish): Promise<string> {
  const missing = await missingImages(env, wish.images)
  if (missing.length === 0) return ''
  if (process.env.FOUR_TIERS_OFFLINE !== '1' && (await registryAnswers())) {
    for (const image of missing)
      await (image === RACK_IMAGE ? buildRack(env, wish) : pull(env, image, wish))
    return ''
  }
  const standIns = wish.images.map((image) => standInPrefix + image)
  if ((await missingImages(env, standIns)).length > 0) {
    await agree(wish, false)
    await buildStandIns(env, wish)
  }
  return standInPrefix
}

const buildStandIns = (
  env: Record<string, string>,
  { cache, images, report, signal }: EngineWish,
) =>
  ensureStandIns({
    env,
    folder: join(cache, 'engine'),
    images: [...images],
    onProgress: steps(report),
    signal,
  })

async function agree({ cache, images, consent }: EngineWish, engine: boolean): Promise<void> {
  const plan = await describeOfflinePlan(join(cache, 'engine'), [...images], { engine })
  if (plan.every((step) => step.already) || (await consent(plan))) return
  throw new EnvironmentError(
    say('Without an engine and images the lab cannot run.', '没有引擎和镜像，实验无法运行。'),
    'npm run lab doctor',
  )
}

const steps =
  (report: Report): OnProgress =>
  ({ step, ...how }) =>
    report(step, how)

async function missingImages(
  env: Record<string, string>,
  images: readonly string[],
): Promise<string[]> {
  const known = await Promise.all(
    images.map((image) => askEngine(['image', 'inspect', '--format', '{{.Id}}', image], { env })),
  )
  return images.filter((_, index) => known[index]?.exitCode !== 0)
}

/** Docker Hub's API root answers 401 to strangers: any answer will do. */
async function registryAnswers(): Promise<boolean> {
  try {
    await fetch('https://registry-1.docker.io/v2/', { signal: AbortSignal.timeout(5000) })
    return true
  } catch {
    return false
  }
}

async function pull(env: Record<string, string>, image: string, { report, signal }: EngineWish) {
  report(say(`fetching ${image}`, `下载 ${image}`))
  const { exitCode, stderr } = await execa('docker', ['pull', '--quiet', image], {
    env,
    reject: false,
    cancelSignal: signal,
  })
  if (exitCode === 0) return
  throw new EnvironmentError(
    say(`${image} could not be fetched: ${stderr.trim()}`, `无法下载 ${image}：${stderr.trim()}`),
    `docker pull ${image}`,
  )
}

/** The project's own image, from the same file as offline, on the official images. */
async function buildRack(env: Record<string, string>, { report, signal }: EngineWish) {
  report(say(`building ${RACK_IMAGE}, about a minute`, `构建 ${RACK_IMAGE}，大约一分钟`))
  const folder = join(STAND_INS_FOLDER, 'rack')
  const args = ['buildx', 'build', '--quiet', '--load', '--tag', RACK_IMAGE, folder]
  const { exitCode, stderr } = await execa('docker', args, {
    env,
    reject: false,
    cancelSignal: signal,
  })
  if (exitCode === 0) return
  throw new EnvironmentError(
    say(
      `${RACK_IMAGE} could not be built: ${stderr.trim()}`,
      `无法构建 ${RACK_IMAGE}：${stderr.trim()}`,
    ),
    `docker buildx build --tag ${RACK_IMAGE} ${folder}`,
  )
}
