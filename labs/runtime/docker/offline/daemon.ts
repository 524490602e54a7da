import { spawn } from 'node:child_process'
import { open, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { answers } from './ping.ts'
import { commandLineOf } from '../../process-identity.ts'
import type { RuntimeFolder } from './runtime-folder.ts'
import { whyNot } from './why-not.ts'

/** The pid of our daemon, or nothing: a pid file alone proves nothing, the pid may be another's. */
export async function daemonPid(place: RuntimeFolder): Promise<number | undefined> {
  const pid = Number.parseInt(await readFile(place.pidFile, 'utf8').catch(() => ''), 10)
  if (!(pid > 0)) return undefined
  const command = commandLineOf(pid)
  const ours = command[0]?.endsWith('dockerd') && command.includes(place.execRoot)
  return ours ? pid : undefined
}

/** Whether our daemon's data is this folder still: one may have been deleted under it, and made anew. */
export async function keepsDataIn(folder: string, place: RuntimeFolder): Promise<boolean> {
  const pid = await daemonPid(place)
  const inside = `/proc/${pid}/root${place.dataRoot}`
  const [bound, here] = await Promise.all(
    [inside, folder].map((path) => stat(path).catch(() => undefined)),
  )
  return bound !== undefined && bound.ino === here?.ino && bound.dev === here.dev
}

/**
 * No rule for the host's firewall, no forwarding: containers reach each other over their own
 * bridges, a published port goes through Docker's userland proxy, and nothing leads out. With
 * `ndots` given, Docker's name server keeps names without a dot to itself: the name of a service
 * that is not there fails at once, instead of after a time-out on the way out.
 */
const flags = (place: RuntimeFolder): readonly string[] => [
  ...['--config-file', join(place.path, 'daemon.json')],
  ...['--data-root', place.dataRoot],
  ...['--exec-root', place.execRoot],
  ...['--pidfile', place.pidFile],
  ...['--host', `unix://${place.socket}`, '--group', '0'],
  ...['--cgroup-parent', `/${place.cgroup}`, '--exec-opt', 'native.cgroupdriver=cgroupfs'],
  ...['--storage-driver', 'overlay2'],
  ...['--bridge', place.bridge],
  ...['--dns-opt', 'ndots:1', '--dns-search', '.'],
  ...['--iptables=false', '--ip6tables=false', '--ip-masq=false', '--ip-forward=false'],
  ...['--shutdown-timeout', '5'],
]

export interface StartOptions {
  /** Folders with the daemon's programs, as for PATH. */
  readonly programs: string
  readonly data: string
  readonly log: string
  readonly signal?: AbortSignal | undefined
}

/**
 * In a mount namespace of its own, so that all it mounts vanishes with it; `slave`, so that what
 * the host mounts later can still be seen. In a session of its own, so that Ctrl-C in the
 * terminal is not for it.
 */
export async function startDaemon(
  place: RuntimeFolder,
  { programs, data, log, signal }: StartOptions,
): Promise<void> {
  const yes = join(place.path, 'yes')
  await writeFile(yes, '1\n')
  await writeFile(join(place.path, 'daemon.json'), '{}\n')
  const script = fileURLToPath(new URL('start-daemon.sh', import.meta.url))
  const mounts = ['--mount', '--propagation', 'slave', 'sh', script, data, place.dataRoot, yes]
  const output = await open(log, 'w')
  const child = spawn('unshare', [...mounts, 'dockerd', ...flags(place)], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', output.fd, output.fd],
    env: environment(place, programs),
  })
  await output.close()
  child.unref()
  let alive = true
  for (const end of ['exit', 'error']) child.once(end, () => (alive = false))
  const patience = { milliseconds: 60_000, alive: () => alive, signal }
  if (await answers(place.socket, patience)) return
  child.kill('SIGTERM')
  signal?.throwIfAborted()
  throw await whyNot(log)
}

/**
 * `container`: by this convention (https://systemd.io/CONTAINER_INTERFACE) Docker leaves AppArmor
 * alone; it would load a profile that stays in the kernel when the engine has gone.
 */
const environment = (place: RuntimeFolder, programs: string): Record<string, string> => ({
  PATH: `${programs}:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin`,
  HOME: place.path,
  container: 'four-tiers',
})
