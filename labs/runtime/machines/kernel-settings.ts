import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { kindOf } from '../../servers/kind/kinds.ts'
import type { KernelSettings } from '../../servers/kind/server-kind.ts'
import { serverApi } from '../docker/docker-cli.ts'
import { derivedComposeFile, type Place } from '../docker/place.ts'
import type { Server } from '../server.ts'
import {
  namesOf,
  parseSysctls,
  settingsFor,
  type Sysctl,
  type SysctlCompose,
  type SysctlService,
} from './sysctls.ts'

/** The reader's kernel settings of machines that are containers, as Compose is told of them. */
export class KernelSettingsFile {
  readonly #place: Place
  readonly #wanted: readonly KernelSettings[]
  /** Asked once: a save shall not wait for it. */
  #api: Promise<number> | undefined

  constructor(place: Place) {
    this.#place = place
    this.#wanted = place.lab.changes.flatMap((change) => kindOf(change).settings?.(change) ?? [])
  }

  async write(): Promise<void> {
    const services: Record<string, SysctlService> = {}
    for (const wanted of this.#wanted) {
      const api = await (this.#api ??= serverApi(this.#place))
      const settings = settingsFor(this.#read(wanted), wanted.cards, api)
      for (const machine of wanted.machines) services[machine] = settings
    }
    const file: SysctlCompose = { services }
    writeFileSync(derivedComposeFile(this.#place.live), JSON.stringify(file))
  }

  /** Are there any for this one? */
  concern(machine: string): boolean {
    return this.#wanted.some(({ machines }) => machines.includes(machine))
  }

  /** In sysctl's own words, as when a machine boots: a syntax, or a name that is not there. */
  async refusedBy(machine: string, exec: Server['exec']): Promise<string> {
    for (const wanted of this.#wanted.filter(({ machines }) => machines.includes(machine))) {
      const dry = await exec(['sysctl', '--dry-run', '-q', '-p', wanted.path])
      if (dry.exitCode !== 0 || dry.stderr) return dry.stderr || dry.stdout
      const names = namesOf(this.#read(wanted))
      if (names.length === 0) continue
      const known = await exec(['sysctl', '-n', ...names])
      if (known.exitCode !== 0) return known.stderr
    }
    return ''
  }

  #read({ file }: KernelSettings): Sysctl[] {
    return parseSysctls(readFileSync(join(this.#place.live, file), 'utf8'))
  }
}
