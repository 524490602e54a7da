import { mkdirSync } from 'node:fs'
import type { Lab } from '../catalog/catalog.ts'
import { say } from '../language.ts'
import { chooseEngine, type Engine, type EngineWish } from '../runtime/docker/engine.ts'
import type { Place } from '../runtime/docker/place.ts'
import { Taken } from '../runtime/docker/start.ts'
import { runtimeOf } from '../runtime/runtime-of.ts'
import type { Runtime } from '../runtime/runtime.ts'
import { EnvironmentError } from '../runtime/environment-error.ts'
import { cacheFolder, labFolders, type LabFolders } from './folders.ts'
import { startWhole } from './first-start.ts'
import { findPlace } from './find-place.ts'
import { startWithGoodFiles } from './good-files.ts'
import { providePackages } from './packages.ts'
import { projectName } from './project-name.ts'
import { removeLeftovers } from './leftovers.ts'
import { claim, type Other } from './running.ts'
import { ensureWork } from './work-folder.ts'

/** A lab that runs because of this process, and ends with it. */
export interface Session {
  readonly place: Place
  readonly runtime: Runtime
  /** Removes servers and networks, and a private engine; keeps data and the reader's files. */
  close(): Promise<void>
}

export interface SessionWish extends Pick<EngineWish, 'report' | 'consent' | 'signal'> {
  readonly lab: Lab
  /** The port that the reader asked for. */
  readonly port?: number
  readonly folders?: LabFolders
  readonly project?: string
  readonly cache?: string
}

/** Starts a lab: engine, images, ports, network, servers. Whatever fails, nothing stays behind. */
export async function openSession(wish: SessionWish): Promise<Session> {
  const { lab, cache = cacheFolder(), folders = labFolders(lab) } = wish
  const project = wish.project ?? projectName(lab)
  makeFolder(cache)
  const claimed = await claim(folders.running)
  if ('other' in claimed) throw alreadyRunning(lab, claimed.other)
  let engine: Engine | undefined
  let runtime: Runtime | undefined
  const close = async () => {
    try {
      await runtime?.down()
    } finally {
      await engine?.release()
      claimed.release()
    }
  }
  try {
    ensureWork(lab, folders)
    providePackages(lab, folders.live)
    engine = await chooseEngine({ ...wish, cache, images: lab.images })
    wish.signal?.throwIfAborted()
    await removeLeftovers(project, engine.env)
    for (let attempt = 1; ; attempt++) {
      const place = await findPlace({
        lab,
        project,
        folders,
        engine,
        port: wish.port,
        again: attempt > 1,
      })
      const servers = (runtime = runtimeOf(place))
      try {
        await startWithGoodFiles({ lab, folders, runtime, report: wish.report }, () =>
          startWhole(place, folders, servers, () => servers.up(wish.report, wish.signal)),
        )
        wish.signal?.throwIfAborted()
        claimed.announce(place)
        return { place, runtime, close }
      } catch (error) {
        // Another lab that starts at the same moment may take what was free just now.
        if (!(error instanceof Taken) || attempt === 3) throw error
        await servers.down()
      }
    }
  } catch (error) {
    // Why it did not start says more than why it could not be tidied up.
    await close().catch(() => undefined)
    throw error
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new EnvironmentError(
      say(
        `${folder} cannot be written: ${(error as Error).message}`,
        `无法写入 ${folder}：${(error as Error).message}`,
      ),
      say(
        'free some space, or choose another folder with FOUR_TIERS_HOME',
        '清出空间，或者用 FOUR_TIERS_HOME 指定另一个目录',
      ),
    )
  }
}

export const alreadyRunning = (lab: Lab, { pid }: Other) =>
  new EnvironmentError(
    say(
      `Lab ${lab.number} runs already${pid ? `, in process ${pid}` : ''}.`,
      `实验 ${lab.number} 已经在运行${pid ? `（进程 ${pid}）` : ''}。`,
    ),
    say(
      `use it there, or end it with: npm run lab ${lab.number} down`,
      `到那个终端里继续，或者结束它：npm run lab ${lab.number} down`,
    ),
  )
