import { setTimeout as pause } from 'node:timers/promises'
import { say } from '../../language.ts'
import type { LabWorld } from '../apply/world.ts'
import { DockerRuntime } from '../docker/docker-runtime.ts'
import type { Place } from '../docker/place.ts'
import { EnvironmentError } from '../environment-error.ts'

/** Seconds for the forum and nginx to come up in a guest with one processor. */
const patience = 60

/** A lab whose servers are machines with cards and tables of their own, whosever kernel they are in. */
export abstract class MachinesRuntime extends DockerRuntime {
  protected readonly place: Place

  constructor(place: Place) {
    super(place)
    this.place = place
  }

  protected override get world(): LabWorld {
    return {
      ...super.world,
      exec: (machine, command) => this.exec(machine, command),
      restart: (machine) => this.restart(machine),
      lastWords: (machine, tail) => this.logs({ services: [machine], tail }),
      servers: async () => (await this.status()).map(({ service }) => service),
      boot: (machine) => this.boot(machine),
      put: () => this.put(),
    }
  }

  /** Brings the live files to the machines. */
  protected abstract put(): Promise<void>

  /** Switches the machine off and on, on the live files: what it said when it could not come up. */
  protected abstract boot(machine: string): Promise<string>

  override async start(machine: string): Promise<void> {
    await super.start(machine)
    await this.untilServed()
  }

  /** The machine's program ends, so nobody listens; the machine goes on. */
  override refuse = (machine: string) => this.#program(machine, 'off')

  override async admit(machine: string): Promise<void> {
    await this.#program(machine, 'on')
    await this.untilServed()
  }

  /** Until every machine that should serve the site does; a machine that has ended is not waited for. */
  protected async untilServed(signal?: AbortSignal): Promise<void> {
    const deadline = performance.now() + patience * 1000
    const runs = async (name: string) =>
      (await this.status()).some(({ service, state }) => service === name && state === 'running')
    for (const name of this.place.lab.scale)
      for (; await runs(name); await pause(50, undefined, { signal })) {
        const [answer] = await this.request({
          requests: [{ to: name, path: '/healthz', timeoutMs: 1000 }],
        })
        if (answer?.status === 200) break
        if (performance.now() > deadline) throw this.#silent(name)
      }
  }

  async #program(machine: string, what: 'on' | 'off'): Promise<void> {
    await this.exec(machine, [...(this.place.lab.machines?.program ?? []), what])
  }

  #silent(machine: string): EnvironmentError {
    return new EnvironmentError(
      say(`${machine} does not answer.`, `${machine} 没有应答。`),
      `npm run lab ${this.place.lab.number} logs ${machine}`,
    )
  }
}
