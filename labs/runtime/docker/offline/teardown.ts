import { readdir, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { bridgesOf, removeBridges } from './bridges.ts'
import { processesInContainers, removeControlGroups } from './control-groups.ts'
import { daemonPid } from './daemon.ts'
import { commandLineOf, identityOf, isAlive } from '../../process-identity.ts'
import type { RuntimeFolder } from './runtime-folder.ts'

/** Containers get five seconds to stop (`--shutdown-timeout`), the daemon the rest. */
const DAEMON_MS = 30_000
const OTHERS_MS = 3_000

/** Docker, containerd, runc and mount make these, wherever their roots are; another's are not empty. */
const FIXED_FOLDERS = [
  '/opt/containerd',
  '/run/containerd',
  '/run/docker',
  '/run/mount',
  '/run/runc',
]

/** Ends the engine and takes away whatever of it the kernel still holds. Call it under the lock. */
export async function tearDown(place: RuntimeFolder, busybox: string): Promise<void> {
  const bridges = await bridgesOf(place)
  const daemon = await daemonPid(place)
  const others = (await processesOf(place)).filter((pid) => pid !== daemon)
  if (daemon) {
    signalTo(daemon, 'SIGTERM')
    await waitOrKill(daemon, DAEMON_MS)
  }
  // containerd and the shims leave with a daemon that leaves; after a crash they are still there.
  for (const pid of others) await waitOrKill(pid, daemon ? OTHERS_MS : 0)
  for (const pid of await processesInContainers(place)) await waitOrKill(pid, 0)
  await removeBridges([place.bridge, ...bridges], busybox)
  await removeControlGroups(place)
  await removeRuntimeFolder(place)
  for (const path of FIXED_FOLDERS) await removeEmpty(path)
}

/** dockerd, containerd, its shims: each carries a path of the runtime folder on its command line. */
export async function processesOf(place: RuntimeFolder): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0)
  const found: number[] = []
  for (const pid of pids) {
    const command = commandLineOf(pid)
    const ours = command.some((part) => `${part}/`.startsWith(`${place.execRoot}/`))
    if (ours && /(^|\/)(dockerd|containerd|containerd-shim-runc-v2)$/.test(command[0] ?? ''))
      found.push(pid)
  }
  return found
}

async function waitOrKill(pid: number, patienceMs: number): Promise<void> {
  const identity = identityOf(pid)
  if (!identity || (await gone(identity, patienceMs))) return
  signalTo(pid, 'SIGKILL')
  await gone(identity, OTHERS_MS)
}

/** There is no event for the end of a process that is not one's own child. */
async function gone(identity: string, patienceMs: number): Promise<boolean> {
  for (let waited = 0; waited < patienceMs; waited += 20) {
    if (!isAlive(identity)) return true
    await pause(20)
  }
  return false
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // It was quicker.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** The data folder is empty here, whatever it was to the daemon; were it not, nothing is deleted. */
export async function removeRuntimeFolder(place: RuntimeFolder): Promise<void> {
  await rmdir(place.dataRoot).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  await rm(place.path, { recursive: true, force: true })
}

async function removeEmpty(path: string): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) if (entry.isDirectory()) await removeEmpty(join(path, entry.name))
  await rmdir(path).catch(() => {})
}
