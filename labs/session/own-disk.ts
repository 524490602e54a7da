import { existsSync } from 'node:fs'
import { lstat, readdir, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Lab } from '../catalog/catalog.ts'
import { say } from '../language.ts'
import { daemonPid } from '../runtime/docker/offline/daemon.ts'
import { startPrivateEngine } from '../runtime/docker/offline/engine.ts'
import { withLock } from '../runtime/docker/offline/lock.ts'
import { runtimeFolder } from '../runtime/docker/offline/runtime-folder.ts'
import { usersIn } from '../runtime/docker/offline/users.ts'
import { EnvironmentError } from '../runtime/environment-error.ts'
import { cacheFolder, labFolders, stateFolder } from './folders.ts'
import { readRunning } from './running.ts'

/** What the project has put on the disk, and can bring again. */
export interface OwnPart {
  readonly what: string
  readonly folder: string
  readonly megabytes: number
}

/** Progress and hints are files beside these, and no part of them; the reader's work is elsewhere. */
export async function ownParts(state = stateFolder(), cache = cacheFolder()): Promise<OwnPart[]> {
  const known = [
    [say('the engine', '引擎'), join(cache, 'engine/packages')],
    [say('its images and databases', '它的镜像和数据库'), join(cache, 'engine/data')],
    [say('images to load again', '备用的镜像'), join(cache, 'engine/images')],
    [say('the browser', '浏览器'), join(cache, 'browser')],
    [say("the labs' copies", '各实验的副本'), join(state, 'labs')],
  ] as const
  const parts = known.map(async ([what, folder]) => ({
    what,
    folder,
    megabytes: await size(folder),
  }))
  return (await Promise.all(parts)).filter(({ folder }) => existsSync(folder))
}

/** As the disk counts it: sparse files and small ones are what they take. */
async function size(folder: string): Promise<number> {
  let blocks = 0
  const add = async (path: string): Promise<void> => {
    // What has just gone counts nothing.
    const found = await lstat(path).catch(() => undefined)
    blocks += found?.blocks ?? 0
    if (!found?.isDirectory()) return
    for (const name of await readdir(path).catch(() => [])) await add(join(path, name))
  }
  await add(folder)
  return Math.round((blocks * 512) / 1e6)
}

/** Throws when something of it is in use. */
export async function refuseWhileInUse(
  labs: readonly Lab[],
  state = stateFolder(),
  cache = cacheFolder(),
): Promise<void> {
  for (const lab of labs) {
    const running = readRunning(labFolders(lab, state).running)
    if (running)
      throw inUse(
        say(
          `Lab ${lab.number} runs, in process ${running.pid}.`,
          `实验 ${lab.number} 正在运行（进程 ${running.pid}）。`,
        ),
        `npm run lab ${lab.number} down`,
      )
  }
  const [user] = await usersIn(join(cache, 'engine')).alive()
  if (user !== undefined)
    throw inUse(
      say(`Process ${user} uses the engine.`, `进程 ${user} 正在使用引擎。`),
      say('end it, then run the same command again', '先结束它，再执行一次同样的命令'),
    )
}

const inUse = (found: string, next: string) => new EnvironmentError(found, next)

/** Gives the disk back. Ends an engine that a killed run has left. */
export async function giveBack(
  labs: readonly Lab[],
  state = stateFolder(),
  cache = cacheFolder(),
): Promise<void> {
  const engine = join(cache, 'engine')
  if (existsSync(engine)) {
    const place = runtimeFolder(await realpath(engine))
    if (await daemonPid(place)) {
      const left = await startPrivateEngine({ folder: engine, onProgress: () => undefined })
      await left.stop()
    }
    await withLock(place.cgroup, async () => {
      // A lab may have been started since.
      await refuseWhileInUse(labs, state, cache)
      await rm(engine, { recursive: true, force: true, maxRetries: 3 })
    })
  }
  for (const folder of [join(cache, 'browser'), join(state, 'labs')])
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
}
