import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { say } from '../../language.ts'
import { readFiles } from '../docker/apply/files.ts'
import { docker } from '../docker/docker-cli.ts'
import { DockerRuntime } from '../docker/docker-runtime.ts'
import { agentPort, type Place } from '../docker/place.ts'
import { EnvironmentError } from '../environment-error.ts'
import type { Applied, ExecResult, LogOptions, Report, ServiceStatus } from '../runtime.ts'
import { applyToMachines, type Rack } from './apply.ts'
import { askRack, untilReady, type Gateway } from './ask.ts'
import type { MachineStatus, Topology } from './topology.ts'

/** Seconds for the forum and nginx to come up in a guest with one processor. */
const patience = 60

/** A lab whose servers are machines in a guest kernel, which one plain container carries. */
export class GuestRuntime extends DockerRuntime {
  readonly #place: Place
  readonly #gateway: Gateway
  readonly #topology: Topology
  readonly #rack: Rack

  constructor(place: Place) {
    super(place)
    this.#place = place
    this.#gateway = { port: place.ports[agentPort] ?? 0, token: place.token }
    const file = join(place.lab.folder, place.lab.machines ?? '')
    this.#topology = JSON.parse(readFileSync(file, 'utf8')) as Topology
    this.#rack = {
      exec: (machine, command) => this.exec(machine, command),
      put: () => this.#put(),
      restart: (machine) => this.restart(machine),
    }
  }

  override async up(report: Report, signal?: AbortSignal): Promise<void> {
    await this.#canCarryAKernel()
    await super.up(report, signal)
    await untilReady(this.#gateway)
    await this.#put()
    report(
      say(
        'start the machines, on a Linux kernel with IPVS that the lab brings (User-Mode Linux)',
        '启动各台机器：实验自带一个有 IPVS 的 Linux 内核（User-Mode Linux）',
      ),
    )
    await this.#ask('/build', this.#topology)
    await this.#untilServed(signal)
  }

  override async apply(): Promise<Applied> {
    return applyToMachines(this.#place, this.#rack)
  }

  override exec(machine: string, command: readonly string[]): Promise<ExecResult> {
    return this.#ask('/exec', { machine, command })
  }

  override stop = (machine: string) => this.#ask<void>('/stop', machine)
  override kill = (machine: string) => this.#ask<void>('/kill', machine)
  override crash = (machine: string) => this.#ask<void>('/crash', machine)
  override pause = (machine: string) => this.#ask<void>('/pause', machine)
  override hang = (machine: string) => this.#ask<void>('/pause', machine)
  override resume = (machine: string) => this.#ask<void>('/resume', machine)
  override wake = (machine: string) => this.#ask<void>('/resume', machine)
  override cut = (machine: string) => this.#ask<void>('/cut', machine)
  override mend = (machine: string) => this.#ask<void>('/mend', machine)

  override async start(machine: string): Promise<void> {
    await this.#ask('/start', machine)
    await this.#untilServed()
  }

  override async restart(machine: string): Promise<void> {
    await this.kill(machine)
    await this.start(machine)
  }

  /** The machine's program ends, so nobody listens; the machine goes on. */
  override refuse = (machine: string) => this.#program(machine, 'off')

  override async admit(machine: string): Promise<void> {
    await this.#program(machine, 'on')
    await this.#untilServed()
  }

  /** There is no proxy here that remembers. */
  override refresh = async () => undefined

  override async logs({ services = [], tail }: LogOptions): Promise<string> {
    const machines =
      services.length > 0 ? services : (await this.status()).map((one) => one.service)
    const all = []
    for (const machine of machines) all.push(await this.#ask<string>('/logs', { machine, tail }))
    return all.join('\n')
  }

  override async status(): Promise<ServiceStatus[]> {
    const all = await this.#ask<MachineStatus[]>('/status', {})
    return all.map(({ machine, state }) => ({ service: machine, state }))
  }

  override cpus = async () => 1
  /** The guest has one processor, which its machines share. */
  override limitCpus = async () => undefined

  async #canCarryAKernel(): Promise<void> {
    const { stdout } = await docker(this.#place, ['version', '--format', '{{.Server.Arch}}'])
    if (stdout.trim() === 'amd64') return
    throw new EnvironmentError(
      say(
        `This lab brings a Linux kernel with IPVS, which runs on amd64 alone; this engine is ${stdout.trim()}.`,
        `这个实验自带一个有 IPVS 的 Linux 内核，它只能在 amd64 上运行，而这里的引擎是 ${stdout.trim()}。`,
      ),
      say(
        'run this lab on a machine with an amd64 processor',
        '换一台 amd64 处理器的机器做这个实验',
      ),
    )
  }

  async #put(): Promise<void> {
    const files = Object.fromEntries(readFiles(this.#place.live))
    await this.#ask('/put', { folder: '/lab', files })
  }

  async #program(machine: string, what: 'on' | 'off'): Promise<void> {
    await this.exec(machine, ['sh', '/machines/program.sh', what])
  }

  #ask<Result>(path: string, wanted: unknown): Promise<Result> {
    return askRack<Result>(this.#gateway, path, wanted)
  }

  /** Until every machine that should serve the site does; a machine that has ended is not waited for. */
  async #untilServed(signal?: AbortSignal): Promise<void> {
    const deadline = performance.now() + patience * 1000
    const runs = async (name: string) =>
      (await this.status()).some(({ service, state }) => service === name && state === 'running')
    for (const name of this.#place.lab.scale)
      for (; await runs(name); await pause(50, undefined, { signal })) {
        const [answer] = await this.request({
          requests: [{ to: name, path: '/healthz', timeoutMs: 1000 }],
        })
        if (answer?.status === 200) break
        if (performance.now() > deadline) throw this.#silent(name)
      }
  }

  #silent(machine: string): EnvironmentError {
    return new EnvironmentError(
      say(`${machine} does not answer.`, `${machine} 没有应答。`),
      `npm run lab ${this.#place.lab.number} logs ${machine}`,
    )
  }
}
