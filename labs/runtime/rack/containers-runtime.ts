import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { say } from '../../language.ts'
import { kindOf } from '../../servers/kind/kinds.ts'
import type { KernelSettings } from '../../servers/kind/server-kind.ts'
import { compose, serverApi } from '../docker/docker-cli.ts'
import { derivedComposeFile } from '../docker/place.ts'
import { EnvironmentError } from '../environment-error.ts'
import type { ExecResult, Report } from '../runtime.ts'
import { MachinesRuntime } from './machines-runtime.ts'
import {
  namesOf,
  parseSysctls,
  settingsFor,
  type Sysctl,
  type SysctlCompose,
  type SysctlService,
} from './sysctls.ts'

/** A lab whose machines are containers: the engine's own kernel has IPVS. */
export class ContainersRuntime extends MachinesRuntime {
  /** Asked once: a save shall not wait for it. */
  #api: Promise<number> | undefined

  override async up(report: Report, signal?: AbortSignal): Promise<void> {
    await this.put()
    report(
      say(
        'start the machines as containers: the kernel of this engine has IPVS',
        '以容器启动各台机器：这个引擎的内核有 IPVS',
      ),
    )
    await super.up(report, signal)
    await this.untilServed(signal)
  }

  /** The files themselves are mounted; a kernel setting is the business of Compose (`sysctls:`). */
  protected override async put(): Promise<void> {
    const services: Record<string, SysctlService> = {}
    for (const wanted of this.#settings()) {
      const api = await (this.#api ??= serverApi(this.place))
      const settings = settingsFor(this.#read(wanted), wanted.cards, api)
      for (const machine of wanted.machines) services[machine] = settings
    }
    const file: SysctlCompose = { services }
    writeFileSync(derivedComposeFile(this.place.live), JSON.stringify(file))
  }

  protected override async boot(machine: string): Promise<string> {
    const refused = (await this.#runs(machine)) && (await this.#refusedSettings(machine))
    if (refused) return refused
    const { exitCode, stderr } = await this.#recreate(machine)
    if (exitCode === 0) return ''
    // What the kernel says of a value, or Docker of a name that is the whole machine's.
    const refusal = /\/proc\/sys\/\S+: .*/.exec(stderr) ?? /sysctl "?\w+\..*/.exec(stderr)
    if (refusal) return `sysctl: ${refusal[0]}`
    const words = stderr.trim().split('\n').at(-1) ?? ''
    throw new EnvironmentError(words, `npm run lab ${this.place.lab.number} logs ${machine}`)
  }

  override async restart(machine: string): Promise<void> {
    await super.restart(machine)
    await this.untilServed()
  }

  /** The far ends of its cables: the machine itself sees no difference, as Docker's way would show it. */
  override cut = (machine: string) => this.#cable(machine, 'cut')
  override mend = (machine: string) => this.#cable(machine, 'mend')

  async #cable(machine: string, what: 'cut' | 'mend'): Promise<void> {
    const { exitCode, stderr } = await this.exec(machine, [
      ...(this.place.lab.machines?.cables ?? []),
      what,
    ])
    if (exitCode === 0) return
    throw new EnvironmentError(
      say(`The cables of ${machine}: ${stderr}`, `${machine} 的网线：${stderr}`),
      `npm run lab ${this.place.lab.number} down`,
    )
  }

  async #runs(machine: string): Promise<boolean> {
    const all = await this.status()
    return all.some(({ service, state }) => service === machine && state === 'running')
  }

  #recreate(machine: string): Promise<ExecResult> {
    const options = ['--detach', '--no-deps', '--force-recreate', '--pull', 'never']
    return compose(this.place, ['up', ...options, machine])
  }

  /** In sysctl's own words, as the guest kernel would have it: a syntax, or a name that is not there. */
  async #refusedSettings(machine: string): Promise<string> {
    for (const wanted of this.#settings().filter(({ machines }) => machines.includes(machine))) {
      const dry = await this.exec(machine, ['sysctl', '--dry-run', '-q', '-p', wanted.path])
      if (dry.exitCode !== 0 || dry.stderr) return dry.stderr || dry.stdout
      const names = namesOf(this.#read(wanted))
      if (names.length === 0) continue
      const known = await this.exec(machine, ['sysctl', '-n', ...names])
      if (known.exitCode !== 0) return known.stderr
    }
    return ''
  }

  #settings(): KernelSettings[] {
    return this.place.lab.changes.flatMap((change) => kindOf(change).settings?.(change) ?? [])
  }

  #read({ file }: KernelSettings): Sysctl[] {
    return parseSysctls(readFileSync(join(this.place.live, file), 'utf8'))
  }
}
