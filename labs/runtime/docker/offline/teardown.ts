import { readdir, readFile, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { daemonPid } from './daemon.ts'
import { commandLineOf, identityOf, isAlive } from './process-identity.ts'
import type { RuntimeFolder } from './runtime-folder.ts'
import { bridgesOf, removeBridges } from './bridges.ts'

/** Containers get five seconds to stop (`--shutdown-timeout`), the daemon the rest. */
const PATIENCE_MS = 30_000

/** Ends the engine and takes away whatever of it the kernel still holds. Call it under the lock. */
export async function tearDown(place: RuntimeFolder, busybox: string): Promise<void> {
  const bridges = await bridgesOf(place)
  const daemon = await daemonPid(place)
  const children = await processesOf(place)
  if (daemon) await endProcess(daemon, PATIENCE_MS)
  for (const pid of children) if (pid !== daemon) await waitOrKill(pid)
  await killContainers(place)
  await removeBridges([place.bridge, ...bridges], busybox)
  await removeControlGroups(place)
  // Empty here, whatever it was in the daemon's mount namespace; were it not, nothing is deleted.
  await rmdir(place.dataRoot).catch(ignoreMissing)
  await rm(place.path, { recursive: true, force: true })
  // Docker and containerd make these wherever their roots are; another engine's are not empty.
  for (const path of ['/run/docker', '/run/containerd', '/opt/containerd']) await removeEmpty(path)
}

/** containerd and its shims: each carries a path of the runtime folder on its command line. */
export async function processesOf(place: RuntimeFolder): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0)
  const found: number[] = []
  for (const pid of pids) {
    const command = await commandLineOf(pid)
    const program = command[0] ?? ''
    const ours = command.some(
      (part) => part.startsWith(`${place.execRoot}/`) || part === place.execRoot,
    )
    if (ours && /(dockerd|containerd|containerd-shim-runc-v2|docker-proxy)$/.test(program))
      found.push(pid)
  }
  return found
}

async function endProcess(pid: number, patienceMs: number): Promise<void> {
  const identity = await identityOf(pid)
  if (!identity) return
  process.kill(pid, 'SIGTERM')
  if (!(await gone(identity, patienceMs)) && (await isAlive(identity))) {
    process.kill(pid, 'SIGKILL')
    await gone(identity, 5000)
  }
}

/** What the daemon should have ended itself gets a moment, and is then ended. */
async function waitOrKill(pid: number): Promise<void> {
  const identity = await identityOf(pid)
  if (!identity || (await gone(identity, 2000))) return
  process.kill(pid, 'SIGKILL')
  await gone(identity, 2000)
}

/** There is no event for the end of a process that is not one's child. */
async function gone(identity: string, patienceMs: number): Promise<boolean> {
  for (let waited = 0; waited < patienceMs; waited += 20) {
    if (!(await isAlive(identity))) return true
    await pause(20)
  }
  return false
}

/** After a daemon that was killed, its containers live on: their control groups tell who they are. */
async function killContainers(place: RuntimeFolder): Promise<void> {
  for (const group of await controlGroups(place)) {
    const text = await readFile(join(group, 'cgroup.procs'), 'utf8').catch(() => '')
    for (const pid of text
      .split('\n')
      .map(Number)
      .filter((pid) => pid > 0)) {
      const identity = await identityOf(pid)
      if (!identity) continue
      process.kill(pid, 'SIGKILL')
      await gone(identity, 2000)
    }
  }
}

/** Deepest first, in every hierarchy: version 1 has one for each controller. */
async function controlGroups(place: RuntimeFolder): Promise<readonly string[]> {
  const root = '/sys/fs/cgroup'
  const hierarchies = await readdir(root, { withFileTypes: true }).catch(() => [])
  const tops = [root, ...hierarchies.filter((e) => e.isDirectory()).map((e) => join(root, e.name))]
  const groups: string[] = []
  for (const top of tops) {
    const own = join(top, place.cgroup)
    const below = await readdir(own, { recursive: true, withFileTypes: true }).catch(() => null)
    if (!below) continue
    const paths = below.filter((e) => e.isDirectory()).map((e) => join(e.parentPath, e.name))
    groups.push(own, ...paths)
  }
  return groups.sort((a, b) => b.split('/').length - a.split('/').length)
}

async function removeControlGroups(place: RuntimeFolder): Promise<void> {
  for (const group of await controlGroups(place)) await rmdir(group).catch(() => {})
}

async function removeEmpty(path: string): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) if (entry.isDirectory()) await removeEmpty(join(path, entry.name))
  await rmdir(path).catch(() => {})
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
