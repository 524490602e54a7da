import { availableParallelism } from 'node:os'
import { stripVTControlCharacters } from 'node:util'
import { say } from '../../language.ts'
import { EnvironmentError } from '../environment-error.ts'
import type { Server } from '../server.ts'
import { sendBatch } from './agent-client.ts'
import { Cable } from './cable.ts'
import { compose, containerName, docker } from './docker-cli.ts'
import {
  type HealthCheck,
  type RestartPolicy,
  restartsOf,
  secondsToStop,
  secondsToUnhealthy,
} from './supervision.ts'
import { waitUntilHealthy } from './health.ts'
import { type CpuLimits, cpusOf, limitOptions } from './limits.ts'
import type { Place } from './place.ts'
import { askToEnd, signalPastDocker, waitForEnd } from './processes.ts'

/** A server that is a container of Compose's. */
export function container(place: Place, service: string): Server {
  const name = containerName(place, service)
  const cable = new Cable(place)
  const order = (verb: string, ...options: string[]) => command(place, service, verb, options)
  const inspect = async (format: string) =>
    JSON.parse(
      (await docker(place, ['inspect', '--format', format, name])).stdout || 'null',
    ) as unknown
  const limits = async () => ((await inspect('{{json .HostConfig}}')) ?? {}) as CpuLimits
  const healthy = () => waitUntilHealthy(place, [service])
  // Teahouse closes its port on SIGUSR2, and opens it again on the next one.
  const turnPort = async (wanted: 'open' | 'closed') => {
    await order('kill', '--signal', 'SIGUSR2')
    await untilPort(place, service, wanted)
  }
  return {
    exec: (program) => docker(place, ['exec', name, ...program]),
    stop: () => order('stop', '--time', '5'),
    kill: () => order('kill'),
    start: async () => {
      await order('start')
      await healthy()
    },
    restart: async () => {
      await order('restart', '--time', '1')
      await healthy()
    },
    crash: () => signalPastDocker(place, service, 'KILL'),
    hang: () => signalPastDocker(place, service, 'STOP'),
    wake: async () => {
      await signalPastDocker(place, service, 'CONT')
      await healthy()
    },
    pause: () => order('pause'),
    resume: () => order('unpause'),
    cut: () => cable.cut(service),
    split: () => cable.split(service),
    mend: () => cable.mend(service),
    refuse: () => turnPort('closed'),
    admit: () => turnPort('open'),
    askToEnd: () => askToEnd(place, service),
    waitForEnd: (ms) => waitForEnd(place, service, ms),
    logs: async (lines) => {
      const args = ['logs', '--no-color', '--no-log-prefix', '--tail', String(lines), service]
      // Compose clears the line before each, even where there is no terminal.
      return stripVTControlCharacters((await compose(place, args)).stdout)
    },
    output: async (since) => (await docker(place, ['logs', '--since', since, name])).stdout,
    cpus: async () => cpusOf(await limits()) ?? availableParallelism(),
    secondsToUnhealthy: async () =>
      secondsToUnhealthy((await inspect('{{json .Config.Healthcheck}}')) as HealthCheck | null),
    restarts: async () =>
      restartsOf((await inspect('{{json .HostConfig.RestartPolicy}}')) as RestartPolicy | null),
    secondsToStop: async () =>
      secondsToStop((await inspect('{{json .Config.StopTimeout}}')) as number | null),
    limitCpus: async (cpus) => {
      const options = limitOptions(cpus, await limits())
      await order('update', ...options)
      return options
    },
  }
}

async function command(
  place: Place,
  service: string,
  verb: string,
  options: readonly string[],
): Promise<void> {
  const args = [verb, ...options, containerName(place, service)]
  const { exitCode, stderr } = await docker(place, args)
  if (exitCode === 0) return
  throw new EnvironmentError(
    say(
      `docker ${verb} ${service}: ${stderr.trim()}`,
      `docker ${verb} ${service}：${stderr.trim()}`,
    ),
    `npm run lab ${place.lab.number} logs ${service}`,
  )
}

async function untilPort(place: Place, service: string, wanted: 'open' | 'closed'): Promise<void> {
  const deadline = performance.now() + 10_000
  const request = { to: service, port: 3000, path: '/healthz', timeoutMs: 1000 }
  while (performance.now() < deadline) {
    const [answer] = await sendBatch(place, { requests: [request] })
    if ((answer?.failure === undefined) === (wanted === 'open')) return
  }
  throw new EnvironmentError(
    say(
      `${service} did not ${wanted === 'open' ? 'open' : 'close'} its port.`,
      `${service} 的端口没有按要求${wanted === 'open' ? '打开' : '关闭'}。`,
    ),
    `npm run lab ${place.lab.number} logs ${service}`,
  )
}
