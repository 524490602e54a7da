import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { say } from '../../language.ts'
import { readFiles } from '../apply/files.ts'
import { docker } from '../docker/docker-cli.ts'
import { agentPort, type Place } from '../docker/place.ts'
import { EnvironmentError } from '../environment-error.ts'
import type { ExecResult, LogOptions, Report, ServiceStatus } from '../runtime.ts'
import { askRack, untilReady, type Gateway } from './ask.ts'
import { MachinesRuntime } from './machines-runtime.ts'
import type { MachineStatus, Topology } from './topology.ts'

/** A lab whose servers are machines in a guest kernel, which one plain container carries. */
export class GuestRuntime extends MachinesRuntime {
  readonly #gateway: Gateway
  readonly #topology: Topology

  constructor(place: Place) {
    super(place)
    this.#gateway = { port: place.ports[agentPort] ?? 0, token: place.token }
    const file = join(place.lab.folder, place.lab.guest?.machines ?? '')
    this.#topology = JSON.parse(readFileSync(file, 'utf8')) as Topology
  }

  override async up(report: Report, signal?: AbortSignal): Promise<void> {
    await this.#canCarryAKernel()
    await super.up(report, signal)
    await untilReady(this.#gateway)
    await this.put()
    report(
      say(
        'start the machines, on a Linux kernel with IPVS that the lab brings (User-Mode Linux)',
        '启动各台机器：实验自带一个有 IPVS 的 Linux 内核（User-Mode Linux）',
      ),
    )
    await this.#ask('/build', this.#topology)
    await this.untilServed(signal)
  }

  protected override async put(): Promise<void> {
    const files = Object.fromEntries(readFiles(this.place.live))
    await this.#ask('/put', { folder: this.place.lab.machines?.at, files })
  }

  protected override async boot(machine: string): Promise<string> {
    await this.restart(machine)
    return ''
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
    await this.untilServed()
  }

  override async restart(machine: string): Promise<void> {
    await this.kill(machine)
    await this.start(machine)
  }

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
    const { stdout } = await docker(this.place, ['version', '--format', '{{.Server.Arch}}'])
    if (stdout.trim() === 'amd64') return
    throw new EnvironmentError(
      say(
        `The engine's kernel has no IPVS, and the one that the lab brings runs on amd64 alone; this engine is ${stdout.trim()}.`,
        `引擎的内核没有 IPVS，而实验自带的内核只能在 amd64 上运行，这里的引擎是 ${stdout.trim()}。`,
      ),
      say(
        'on the machine of the engine: sudo modprobe ip_vs',
        '在引擎所在的机器上执行：sudo modprobe ip_vs',
      ),
    )
  }

  #ask<Result>(path: string, wanted: unknown): Promise<Result> {
    return askRack<Result>(this.#gateway, path, wanted)
  }
}
