import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EnvironmentError } from '../../environment-error.ts'
import { answers } from './ping.ts'
import { commandLineOf } from './process-identity.ts'
import type { RuntimeFolder } from './runtime-folder.ts'

/** The pid of our daemon, or nothing: a pid file alone proves nothing, the pid may be another's. */
export async function daemonPid(place: RuntimeFolder): Promise<number | undefined> {
  const pid = Number.parseInt(await readFile(place.pidFile, 'utf8').catch(() => ''), 10)
  if (!(pid > 0)) return undefined
  const command = await commandLineOf(pid)
  const ours = command[0]?.endsWith('dockerd') && command.includes(place.execRoot)
  return ours ? pid : undefined
}

/**
 * No rule for the host's firewall, no forwarding: containers reach each other
 * over their own bridges, a published port goes through Docker's userland proxy, and nothing
 * leads out. With `ndots` given, Docker's name server keeps names without a dot to itself: the name
 * of a service that is not there fails at once, instead of after a time-out on the way out.
 */
const flags = (place: RuntimeFolder): readonly string[] => [
  ...['--config-file', join(place.path, 'daemon.json')],
  ...['--data-root', place.dataRoot],
  ...['--exec-root', place.execRoot],
  ...['--pidfile', place.pidFile],
  ...['--host', `unix://${place.socket}`],
  ...['--group', '0'],
  ...['--cgroup-parent', `/${place.cgroup}`],
  ...['--storage-driver', 'overlay2'],
  ...['--bridge', place.bridge],
  ...['--dns-opt', 'ndots:1', '--dns-search', '.'],
  ...['--shutdown-timeout', '5'],
  '--iptables=false',
  '--ip6tables=false',
  '--ip-masq=false',
  '--ip-forward=false',
]

/**
 * In a mount namespace of its own, so that all it mounts vanishes with it; `slave`, so that what
 * the host mounts later can still be seen. In a session of its own, so that Ctrl-C in the
 * terminal is not for it.
 */
export async function startDaemon(
  place: RuntimeFolder,
  { bin, data, log, signal }: StartOptions,
): Promise<void> {
  await writeFile(join(place.path, 'daemon.json'), '{}\n')
  const file = await open(log, 'w')
  const script = 'mount --bind "$1" "$2" && shift 2 && exec "$@"'
  const command = ['dockerd', ...flags(place)]
  const child = spawn(
    'unshare',
    [
      '--mount',
      '--propagation',
      'slave',
      'sh',
      '-c',
      script,
      'sh',
      data,
      place.dataRoot,
      ...command,
    ],
    {
      cwd: '/',
      detached: true,
      stdio: ['ignore', file.fd, file.fd],
      env: { PATH: `${bin}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin`, HOME: place.path },
    },
  )
  await file.close()
  child.unref()
  const exit = once(child, 'exit').then(() => 'exit' as const)
  const patience = AbortSignal.any([AbortSignal.timeout(60_000), ...(signal ? [signal] : [])])
  const outcome = await Promise.race([exit, answers(place.socket, patience)])
  if (outcome === true) return
  child.kill('SIGTERM')
  signal?.throwIfAborted()
  throw await whyNot(log)
}

export interface StartOptions {
  readonly bin: string
  readonly data: string
  readonly log: string
  readonly signal?: AbortSignal | undefined
}

async function whyNot(log: string): Promise<EnvironmentError> {
  const text = await readFile(log, 'utf8').catch(() => '')
  const said = text.trimEnd().split('\n').at(-1) ?? ''
  const reason = /msg="((?:[^"\\]|\\.)*)"/.exec(said)?.[1] ?? said
  return new EnvironmentError(
    `The project’s own Docker engine did not start: ${reason || 'it said nothing'}`,
    `Read its log: tail -30 '${log}'`,
  )
}
