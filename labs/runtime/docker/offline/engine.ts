import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { say } from '../../../language.ts'
import { addBridge } from './bridges.ts'
import { diskFull } from './command.ts'
import { daemonPid, keepsDataIn, startDaemon } from './daemon.ts'
import { withLock } from './lock.ts'
import { ENGINE, folderOf } from './packages.ts'
import { answers } from './ping.ts'
import { withPrivateApt } from './private-apt.ts'
import { toolIn } from './programs.ts'
import type { OnProgress } from './progress.ts'
import { checkMachine } from './requirements.ts'
import { linkTo, openRuntimeFolder, runtimeFolder, type RuntimeFolder } from './runtime-folder.ts'
import { removeRuntimeFolder, tearDown } from './teardown.ts'
import { forgetOthers, isUnpacked, unpack } from './unpack.ts'
import { usersIn } from './users.ts'

/** A Docker engine of the project's own: nothing is installed, and `stop` leaves nothing behind. */
export interface PrivateEngine {
  /** For DOCKER_HOST. */
  readonly host: string
  /** DOCKER_HOST, DOCKER_CONFIG, and PATH with the private programs first. */
  readonly env: Record<string, string>
  /** Ends the engine, unless somebody else still uses it. Twice is once. */
  stop(): Promise<void>
}

export interface EngineOptions {
  /** An absolute path: the packages, the images and the engine's data. */
  readonly folder: string
  readonly onProgress: OnProgress
  readonly signal?: AbortSignal | undefined
}

export async function startPrivateEngine(options: EngineOptions): Promise<PrivateEngine> {
  const { onProgress, signal } = options
  const machine = await checkMachine(options.folder, {
    unpack: !isUnpacked(ENGINE, options.folder),
  })
  // One folder, one engine, by whatever path it is reached.
  const folder = await realpath(options.folder)
  const onWait = (pid: number): void =>
    onProgress({
      step: say(
        `wait for process ${pid}, which is starting or ending the engine`,
        `等待进程 ${pid}：它正在启动或结束引擎`,
      ),
    })
  const work = async (): Promise<PrivateEngine> => {
    const place = await openRuntimeFolder(folder)
    try {
      if (!isUnpacked(ENGINE, place.home))
        await withPrivateApt(place.home, machine.distribution, (apt) =>
          unpack(ENGINE, place.home, { apt, onProgress, signal }),
        )
    } catch (error) {
      if (!(await daemonPid(place))) await removeRuntimeFolder(place)
      throw error
    }
    return joinEngine(folder, place, { onProgress, signal })
  }
  try {
    return await withLock(runtimeFolder(folder).cgroup, work, { onWait, signal })
  } catch (error) {
    throw diskFull(error) ?? error
  }
}

type Watch = Pick<EngineOptions, 'onProgress' | 'signal'>

async function joinEngine(
  folder: string,
  place: RuntimeFolder,
  watch: Watch,
): Promise<PrivateEngine> {
  const users = usersIn(folder)
  const busybox = toolIn(folderOf(ENGINE, folder), 'busybox')
  const leave = await users.join()
  const leaveAndEnd = async (): Promise<void> => {
    await leave()
    if ((await users.alive()).length === 0) await tearDown(place, busybox)
  }
  try {
    await ensureDaemon(folder, place, watch)
  } catch (error) {
    await leaveAndEnd()
    throw error
  }
  let stopped: Promise<void> | undefined
  return {
    host: `unix://${place.socket}`,
    env: await environment(place),
    stop: () => (stopped ??= withLock(place.cgroup, leaveAndEnd)),
  }
}

/** Adopts the daemon that is there, or replaces one that does not answer or whose data is gone. */
async function ensureDaemon(
  folder: string,
  place: RuntimeFolder,
  { onProgress, signal }: Watch,
): Promise<void> {
  const alive = async (): Promise<boolean> => (await daemonPid(place)) !== undefined
  const answered = await answers(place.socket, { milliseconds: 20_000, alive, signal })
  if (answered && (await keepsDataIn(join(folder, 'data'), place))) return
  signal?.throwIfAborted()
  onProgress({ step: say('start the engine', '启动引擎'), seconds: 2 })
  const programs = folderOf(ENGINE, folder)
  await tearDown(place, toolIn(programs, 'busybox'))
  await openRuntimeFolder(folder)
  await forgetOthers(ENGINE, folder)
  await mkdir(join(folder, 'data'), { recursive: true })
  await addBridge(place, join(folder, 'data'), toolIn(programs, 'busybox'))
  const short = folderOf(ENGINE, place.home)
  await startDaemon(place, {
    programs: [join(short, 'sbin'), join(short, 'bin')].join(':'),
    data: join(folder, 'data'),
    log: join(folder, 'dockerd.log'),
    signal,
  })
}

async function environment(place: RuntimeFolder): Promise<Record<string, string>> {
  const programs = folderOf(ENGINE, place.home)
  const config = join(place.home, 'docker-config')
  await mkdir(join(config, 'cli-plugins'), { recursive: true })
  for (const name of ['docker-compose', 'docker-buildx']) {
    const link = join(config, 'cli-plugins', name)
    await linkTo(join(programs, 'root/usr/libexec/docker/cli-plugins', name), link)
  }
  return {
    DOCKER_HOST: `unix://${place.socket}`,
    DOCKER_CONFIG: config,
    PATH: `${join(programs, 'bin')}:${process.env['PATH'] ?? ''}`,
  }
}
