import { setTimeout as pause } from 'node:timers/promises'
import { say } from '../../language.ts'
import { EnvironmentError } from '../environment-error.ts'
import { containerName, docker } from './docker-cli.ts'
import type { Place } from './place.ts'

/** Every process below PID $1, itself among them. proc(5), /proc/PID/task/TID/children. */
const tree = `tree() { echo "$1"; for file in /proc/$1/task/*/children; do
  for child in $(cat "$file" 2>/dev/null); do tree "$child"; done; done; }`

/**
 * Sends a signal to all processes of a server, past Docker, which is not told: so it reacts as it
 * would to a crash or a hang. The signal comes from a container in the engine's own process
 * namespace, because PID 1 of a container is deaf to its own.
 */
export async function signalPastDocker(
  place: Place,
  service: string,
  signal: 'KILL' | 'STOP' | 'CONT',
): Promise<void> {
  const pid = await pidOf(place, service)
  if (!/^[1-9]\d*$/.test(pid)) throw failed(place, service, `kill -${signal}`, 'it does not run')
  const script = `${tree}; kill -${signal} $(tree ${pid})`
  const shell = ['--entrypoint', 'sh', place.imagePrefix + place.lab.images[0], '-c', script]
  const options = ['--rm', '--pid', 'host', '--network', 'none', '--user', '0', '--pull', 'never']
  const { exitCode, stderr } = await docker(place, ['run', ...options, ...shell])
  // A parent that is gone may take its children with it before their turn comes.
  if (exitCode !== 0 && !/No such process/.test(stderr))
    throw failed(place, service, `kill -${signal}`, stderr)
  // Docker hears of the end a moment later, and may begin a new life then, as it would after a crash.
  if (signal === 'KILL') await untilGone(place, service, pid)
}

const pidOf = async (place: Place, service: string) =>
  (await inspect(place, service, '{{.State.Pid}}')).trim()

async function untilGone(place: Place, service: string, pid: string): Promise<void> {
  const deadline = performance.now() + 10_000
  while ((await pidOf(place, service)) === pid) {
    if (performance.now() > deadline)
      throw failed(place, service, 'kill -KILL', `process ${pid} is still there`)
    await pause(50)
  }
}

/** Sends the stop signal, and returns when it has been sent; the rest is up to the server. */
export async function askToEnd(place: Place, service: string): Promise<void> {
  const signal = (await inspect(place, service, '{{.Config.StopSignal}}')).trim() || 'SIGTERM'
  const args = ['kill', '--signal', signal, containerName(place, service)]
  const { exitCode, stderr } = await docker(place, args)
  if (exitCode !== 0) throw failed(place, service, `kill -${signal}`, stderr)
}

/** The exit code, or nothing when the server still runs after `ms` milliseconds. */
export async function waitForEnd(
  place: Place,
  service: string,
  ms: number,
): Promise<number | undefined> {
  const deadline = performance.now() + ms
  for (;;) {
    const state = await inspect(place, service, '{{.State.Running}} {{.State.ExitCode}}')
    const [running, code] = state.trim().split(' ')
    if (running === 'false') return Number(code)
    if (performance.now() > deadline) return undefined
    await pause(100)
  }
}

async function inspect(place: Place, service: string, format: string): Promise<string> {
  const args = ['inspect', '--format', format, containerName(place, service)]
  const { exitCode, stdout, stderr } = await docker(place, args)
  if (exitCode !== 0) throw failed(place, service, 'inspect', stderr)
  return stdout
}

const failed = ({ lab }: Place, service: string, what: string, why: string) =>
  new EnvironmentError(
    say(`${what} ${service}: ${why.trim()}`, `${what} ${service}：${why.trim()}`),
    `npm run lab ${lab.number} logs ${service}`,
  )
