import { setTimeout as pause } from 'node:timers/promises'
import { say } from '../../language.ts'
import { EnvironmentError } from '../environment-error.ts'
import type { ServiceStatus } from '../runtime.ts'
import { containerName, docker, ofProject } from './docker-cli.ts'
import type { Place } from './place.ts'

const separator = '\t'

/** Every container of the lab, dead ones too. */
export async function readStatus(place: Place): Promise<ServiceStatus[]> {
  const format = ['{{.Label "com.docker.compose.service"}}', '{{.State}}', '{{.Status}}'].join(
    separator,
  )
  const { stdout } = await docker(place, [
    'ps',
    '--all',
    '--filter',
    ofProject(place.project),
    '--format',
    format,
  ])
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [service = '', state = '', status = ''] = line.split(separator)
      return parseStatus(service, state, status)
    })
}

/** Neither a container nor a network of the lab is left. */
export async function isGone(place: Place): Promise<boolean> {
  const filter = ['--filter', ofProject(place.project), '--quiet']
  const containers = await docker(place, ['ps', '--all', ...filter])
  const networks = await docker(place, ['network', 'ls', ...filter])
  return `${containers.stdout}${networks.stdout}`.trim() === ''
}

/** `docker ps` words: state `running`, status `Up 3 seconds (health: starting)`. */
export function parseStatus(service: string, state: string, status: string): ServiceStatus {
  const exitCode = /^(?:Exited|Restarting) \((\d+)\)/.exec(status)?.[1]
  const code = exitCode ? { exitCode: Number(exitCode) } : {}
  if (state === 'paused') return { service, state: 'paused' }
  if (state === 'restarting') return { service, state: 'restarting', ...code }
  if (state === 'created') return { service, state: 'starting' }
  if (state !== 'running') return { service, state: 'exited', ...code }
  const hasHealthCheck = /\((?:un)?health/.test(status)
  if (status.includes('unhealthy')) return { service, state: 'unhealthy', hasHealthCheck }
  if (status.includes('health: starting')) return { service, state: 'starting', hasHealthCheck }
  return { service, state: 'running', hasHealthCheck }
}

/** Waits for health, at most a minute; says which server died, and its last words. */
export async function waitUntilHealthy(place: Place, services: readonly string[]): Promise<void> {
  const deadline = performance.now() + 60_000
  for (;;) {
    const all = await readStatus(place)
    const states = services.map((service) => all.find((one) => one.service === service))
    if (states.every((one) => one?.state === 'running')) return
    const dead = states.find((one) => one?.state === 'exited')
    if (dead || performance.now() > deadline)
      throw await unhealthy(place, dead?.service ?? services.join(', '))
    await pause(100)
  }
}

/** The last lines that a server has printed, ever or since it was started last. */
export async function lastLines(
  place: Place,
  service: string,
  count: number,
  which: 'of all' | 'of this start' = 'of all',
): Promise<string> {
  const name = containerName(place, service)
  const since = which === 'of this start' ? ['--since', await startOf(place, name)] : []
  const { stdout, stderr } = await docker(place, ['logs', ...since, '--tail', String(count), name])
  return `${stdout}\n${stderr}`.trim()
}

const startOf = async (place: Place, name: string) =>
  (await docker(place, ['inspect', '--format', '{{.State.StartedAt}}', name])).stdout.trim()

export async function unhealthy(place: Place, service: string): Promise<EnvironmentError> {
  const words = await lastLines(place, service, 3)
  return new EnvironmentError(
    say(
      `${service} does not run. Its last words:\n${words}`,
      `${service} 没有在运行。它最后的输出：\n${words}`,
    ),
    `npm run lab ${place.lab.number} logs ${service}`,
  )
}
