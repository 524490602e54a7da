import { availableParallelism } from 'node:os'
import { say } from '../../language.ts'
import { kindOf } from '../../servers/kind/kinds.ts'
import { applyChanges } from '../apply/apply.ts'
import type { LabWorld } from '../apply/world.ts'
import { emptyCaches } from '../caches.ts'
import { EnvironmentError } from '../environment-error.ts'
import type {
  Answer,
  Applied,
  ExecResult,
  LabRequest,
  LogOptions,
  Rebuilt,
  Report,
  RequestBatch,
  Runtime,
  ServiceStatus,
} from '../runtime.ts'
import { finishRequest, holdRequest, sendBatch } from './agent-client.ts'
import { Cable } from './cable.ts'
import { wantedServices } from './compose-config.ts'
import { compose, containerName, docker } from './docker-cli.ts'
import { dockerWorld } from './docker-world.ts'
import { isGone, readStatus, unhealthy, waitUntilHealthy } from './health.ts'
import { removeImages } from './image.ts'
import { withoutNamelessVolumes } from './nameless-volumes.ts'
import { builtService, type Place } from './place.ts'
import { askToEnd, signalPastDocker, waitForEnd } from './processes.ts'
import { rebuildWith } from './rebuild.ts'
import { startLab } from './start.ts'

/** A lab on a Docker engine, through the Compose v2 command line. */
export class DockerRuntime implements Runtime {
  readonly #place: Place
  readonly #cable: Cable

  constructor(place: Place) {
    this.#place = place
    this.#cable = new Cable(place)
  }

  up(report: Report, signal?: AbortSignal): Promise<void> {
    return startLab(this.#place, report, signal)
  }

  /** Repeated until nothing is left: a container that was just being made can escape one round. */
  down({ data = false } = {}): Promise<void> {
    return withoutNamelessVolumes(this.#place, () => this.#down(data))
  }

  async #down(data: boolean): Promise<void> {
    const volumes = data ? ['--volumes'] : []
    const args = ['down', '--remove-orphans', '--timeout', '2', ...volumes]
    let last = ''
    for (let round = 0; round < 4; round++) {
      const { exitCode, stderr } = await compose(this.#place, args)
      if (exitCode === 0 && (await isGone(this.#place))) {
        if (data && builtService(this.#place)) await removeImages(this.#place, 'all')
        return
      }
      last = stderr
    }
    throw new EnvironmentError(
      say(`The lab's servers could not be removed: ${last}`, `实验的服务器未能移除：${last}`),
      `docker compose -p ${this.#place.project} down`,
    )
  }

  /** What applying needs of it. */
  protected get world(): LabWorld {
    return dockerWorld(this.#place)
  }

  apply(): Promise<Applied> {
    return applyChanges(this.#place, this.world)
  }

  request(batch: RequestBatch): Promise<Answer[]> {
    return sendBatch(this.#place, batch)
  }

  hold(request: LabRequest): Promise<number> {
    return holdRequest(this.#place, request)
  }

  finish(held: number): Promise<Answer> {
    return finishRequest(this.#place, held)
  }

  exec(service: string, command: readonly string[]): Promise<ExecResult> {
    return docker(this.#place, ['exec', containerName(this.#place, service), ...command])
  }

  async stop(service: string): Promise<void> {
    await this.#container('stop', service, ['--time', '5'])
  }

  async kill(service: string): Promise<void> {
    await this.#container('kill', service)
  }

  async start(service: string): Promise<void> {
    await this.#container('start', service)
    await waitUntilHealthy(this.#place, [service])
  }

  crash(service: string): Promise<void> {
    return signalPastDocker(this.#place, service, 'KILL')
  }

  hang(service: string): Promise<void> {
    return signalPastDocker(this.#place, service, 'STOP')
  }

  async wake(service: string): Promise<void> {
    await signalPastDocker(this.#place, service, 'CONT')
    await waitUntilHealthy(this.#place, [service])
  }

  askToEnd(service: string): Promise<void> {
    return askToEnd(this.#place, service)
  }

  waitForEnd(service: string, ms: number): Promise<number | undefined> {
    return waitForEnd(this.#place, service, ms)
  }

  async restart(service: string): Promise<void> {
    await this.#container('restart', service, ['--time', '1'])
    await waitUntilHealthy(this.#place, [service])
  }

  async recreate(services: readonly string[]): Promise<void> {
    const names = services.map((service) => containerName(this.#place, service))
    await docker(this.#place, ['rm', '--force', '--volumes', ...names])
    const up = ['up', '--detach', '--pull', 'never', ...services]
    const { exitCode } = await compose(this.#place, up)
    if (exitCode !== 0) throw await unhealthy(this.#place, services[0] ?? '')
    await waitUntilHealthy(this.#place, services)
  }

  rebuildWith(file: string): Promise<Rebuilt> {
    return rebuildWith(this.#place, file)
  }

  async pause(service: string): Promise<void> {
    await this.#container('pause', service)
  }

  async resume(service: string): Promise<void> {
    await this.#container('unpause', service)
  }

  cut(service: string): Promise<void> {
    return this.#cable.cut(service)
  }

  mend(service: string): Promise<void> {
    return this.#cable.mend(service)
  }

  // Teahouse closes its port on SIGUSR2, and opens it again on the next one.
  async refuse(service: string): Promise<void> {
    await this.#container('kill', service, ['--signal', 'SIGUSR2'])
    await this.#untilPort(service, 'closed')
  }

  async admit(service: string): Promise<void> {
    await this.#container('kill', service, ['--signal', 'SIGUSR2'])
    await this.#untilPort(service, 'open')
  }

  /** The CPUs that Compose gave the server; all of the machine's when it said nothing. */
  async cpus(service: string): Promise<number> {
    const name = containerName(this.#place, service)
    const { stdout } = await docker(this.#place, [
      'inspect',
      '--format',
      '{{.HostConfig.NanoCpus}}',
      name,
    ])
    return Number(stdout) / 1e9 || availableParallelism()
  }

  async limitCpus(service: string, cpus: number): Promise<void> {
    await this.#container('update', service, ['--cpus', cpus.toFixed(2)])
  }

  async refresh(): Promise<void> {
    for (const change of this.#place.lab.changes) await kindOf(change).refresh?.(this.world, change)
  }

  async logs({ services = [], tail }: LogOptions): Promise<string> {
    const options = ['--no-color', '--no-log-prefix']
    if (tail !== undefined) options.push('--tail', String(tail))
    const { stdout } = await compose(this.#place, ['logs', ...options, ...services])
    return stdout
  }

  async output(service: string, since: string): Promise<string> {
    const name = containerName(this.#place, service)
    return (await docker(this.#place, ['logs', '--since', since, name])).stdout
  }

  emptyCaches(): Promise<void> {
    return emptyCaches(this.world, this.#place.lab.changes)
  }

  /** What `compose.yaml` asks for and is not there counts, too: as missing. */
  async status(): Promise<ServiceStatus[]> {
    const there = await readStatus(this.#place)
    const wanted = await wantedServices(this.#place)
    const missing = wanted.filter((name) => !there.some(({ service }) => service === name))
    return [...there, ...missing.map((service) => ({ service, state: 'missing' as const }))]
  }

  async #container(verb: string, service: string, options: readonly string[] = []): Promise<void> {
    const name = containerName(this.#place, service)
    const { exitCode, stderr } = await docker(this.#place, [verb, ...options, name])
    if (exitCode === 0) return
    throw new EnvironmentError(
      say(
        `docker ${verb} ${service}: ${stderr.trim()}`,
        `docker ${verb} ${service}：${stderr.trim()}`,
      ),
      `npm run lab ${this.#place.lab.number} logs ${service}`,
    )
  }

  async #untilPort(service: string, wanted: 'open' | 'closed'): Promise<void> {
    const deadline = performance.now() + 10_000
    while (performance.now() < deadline) {
      const [answer] = await this.request({
        requests: [{ to: service, port: 3000, path: '/healthz', timeoutMs: 1000 }],
      })
      if ((answer?.failure === undefined) === (wanted === 'open')) return
    }
    throw new EnvironmentError(
      say(
        `${service} did not ${wanted === 'open' ? 'open' : 'close'} its port.`,
        `${service} 的端口没有按要求${wanted === 'open' ? '打开' : '关闭'}。`,
      ),
      `npm run lab ${this.#place.lab.number} logs ${service}`,
    )
  }
}
