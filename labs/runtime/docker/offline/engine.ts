import { mkdir, realpath, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { addBridge } from './bridges.ts'
import { diskFull } from './command.ts'
import { daemonPid, startDaemon } from './daemon.ts'
import { withLock } from './lock.ts'
import { answers } from './ping.ts'
import { privateApt } from './private-apt.ts'
import type { OnProgress } from './progress.ts'
import { distributionName, lookAtMachine, whatIsMissing } from './requirements.ts'
import { openRuntimeFolder, type RuntimeFolder } from './runtime-folder.ts'
import { tearDown } from './teardown.ts'
import { isUnpacked, unpackedFolder, unpackEngine } from './unpack.ts'
import { usersIn } from './users.ts'

/** A Docker engine of the project's own: nothing is installed, and `stop` leaves nothing behind. */
export interface PrivateEngine {
  /** For DOCKER_HOST. */
  readonly host: string
  /** DOCKER_HOST, DOCKER_CONFIG, and PATH with the private programs first. */
  readonly env: Record<string, string>
  /** Ends the engine, unless another process still uses it. */
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
  const machine = await lookAtMachine(options.folder)
  const missing = whatIsMissing(machine, options.folder)
  if (missing && !(machine.uid === 0 && isUnpacked(options.folder))) throw missing
  // One folder, one engine, by whatever path it was reached.
  const folder = await realpath(options.folder)
  const place = await openRuntimeFolder(folder)
  const onWait = (pid: number): void =>
    onProgress({ step: `engine: wait for process ${pid}, which is starting or ending it` })
  try {
    return await withLock(place.cgroup, () => joinEngine(folder, onProgress, signal), {
      onWait,
      signal,
    })
  } catch (error) {
    throw diskFull(error) ?? error
  }
}

async function joinEngine(
  folder: string,
  onProgress: OnProgress,
  signal?: AbortSignal,
): Promise<PrivateEngine> {
  // Again, and inside the lock: who held it before may have taken the folder away.
  const place = await openRuntimeFolder(folder)
  if (!isUnpacked(place.home)) {
    const apt = await privateApt(place.home, await distributionName())
    await unpackEngine(place.home, apt, onProgress, signal)
  }
  await linkPlugins(place)
  const leave = await usersIn(folder).join()
  try {
    await ensureDaemon(folder, place, onProgress, signal)
  } catch (error) {
    await leave()
    if ((await usersIn(folder).alive()).length === 0) await tearDown(place, busybox(place))
    throw error
  }
  const stop = (): Promise<void> =>
    withLock(place.cgroup, async () => {
      await leave()
      if ((await usersIn(folder).alive()).length === 0) await tearDown(place, busybox(place))
    })
  return { host: `unix://${place.socket}`, env: environment(place), stop }
}

/** Adopts the daemon that is there, or replaces one that does not answer. */
async function ensureDaemon(
  folder: string,
  place: RuntimeFolder,
  onProgress: OnProgress,
  signal?: AbortSignal,
): Promise<void> {
  onProgress({ step: 'engine: start', seconds: 2 })
  if (await daemonPid(place)) {
    const patience = AbortSignal.any([AbortSignal.timeout(20_000), ...(signal ? [signal] : [])])
    if (await answers(place.socket, patience)) return
    signal?.throwIfAborted()
  }
  await tearDown(place, busybox(place))
  const fresh = await openRuntimeFolder(folder)
  const data = join(fresh.home, 'data')
  await mkdir(data, { recursive: true })
  await addBridge(fresh, busybox(fresh))
  await startDaemon(fresh, {
    bin: join(unpackedFolder(fresh.home), 'bin'),
    data,
    log: join(fresh.home, 'dockerd.log'),
    signal,
  })
}

const busybox = (place: RuntimeFolder): string =>
  join(unpackedFolder(place.home), 'tools', 'busybox')

function environment(place: RuntimeFolder): Record<string, string> {
  return {
    DOCKER_HOST: `unix://${place.socket}`,
    DOCKER_CONFIG: join(place.home, 'docker-config'),
    PATH: `${join(unpackedFolder(place.home), 'bin')}:${process.env['PATH'] ?? ''}`,
  }
}

async function linkPlugins(place: RuntimeFolder): Promise<void> {
  const plugins = join(place.home, 'docker-config', 'cli-plugins')
  await mkdir(plugins, { recursive: true })
  for (const name of ['docker-compose', 'docker-buildx']) {
    const target = join(unpackedFolder(place.home), 'root/usr/libexec/docker/cli-plugins', name)
    await rm(join(plugins, name), { force: true })
    await symlink(target, join(plugins, name))
  }
}
