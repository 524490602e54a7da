import { inject } from 'vitest'
import { DockerRuntime } from '../runtime/docker/docker-runtime.ts'
import type { Place } from '../runtime/docker/place.ts'
import type { Answer, ExecResult, LabRequest, Runtime } from '../runtime/runtime.ts'
import { Answers } from './answers.ts'
import { Disturbances, type Disturbance } from './disturbances.ts'
import { curl } from './trace.ts'

declare module 'vitest' {
  interface ProvidedContext {
    place: Place
  }
}

type Options = Omit<LabRequest, 'path'>

/** The one handle of a check: the reader's lab, as it runs now. */
class LabHandle {
  #runtime: Runtime | undefined
  readonly #disturbances = new Disturbances()
  #trace: string[] = []

  get #running(): Runtime {
    return (this.#runtime ??= new DockerRuntime(inject('place')))
  }

  /** Octets of the lab's network: `lab.address(50)` is the client's address. */
  address(host: number): string {
    return `${inject('place').subnet}.${host}`
  }

  async request(path: string, options: Options = {}): Promise<Answer> {
    const [answer] = (await this.requests(1, path, options)).all
    return answer!
  }

  /** The same request `count` times, one after the other, or `concurrency` at a time. */
  async requests(
    count: number,
    path: string,
    { concurrency, ...options }: Options & { concurrency?: number } = {},
  ): Promise<Answers> {
    const { front } = inject('place').lab
    // Under the site's own name, unless the check asks for another.
    const headers = options.to ? options.headers : { host: front.host, ...options.headers }
    const wanted: LabRequest = { ...options, path, headers }
    this.#note(curl(inject('place'), wanted, count))
    const requests = Array.from({ length: count }, () => wanted)
    return new Answers(await this.#running.request({ requests, concurrency }))
  }

  exec(service: string, command: readonly string[]): Promise<ExecResult> {
    return this.#running.exec(service, command)
  }

  stop = (service: string) => this.#disturb('stop', service)
  kill = (service: string) => this.#disturb('kill', service)
  pause = (service: string) => this.#disturb('pause', service)
  cut = (service: string) => this.#disturb('cut', service)
  refuse = (service: string) => this.#disturb('refuse', service)

  /** Undoes whatever was done to this server. */
  async start(service: string): Promise<void> {
    await this.#disturbances.undo(this.#running, service)
    this.#note(`npm run lab ${inject('place').lab.number} mend ${service}`)
  }

  /** What the check has done so far, as commands for the reader. Used by the kit's own set-up. */
  get trace(): readonly string[] {
    return this.#trace
  }

  begin(): void {
    this.#trace = []
  }

  /** Puts everything back that the check has broken. */
  async restore(): Promise<void> {
    await this.#disturbances.undoAll(this.#running)
  }

  /** Servers that died without the check's doing. */
  async casualties(): Promise<string[]> {
    const states = await this.#running.status()
    return states
      .filter(({ state }) => state === 'exited' || state === 'missing')
      .map(({ service }) => service)
  }

  async #disturb(how: Disturbance, service: string): Promise<void> {
    this.#note(`npm run lab ${inject('place').lab.number} break ${service} ${how}`)
    await this.#disturbances.add(this.#running, how, service)
  }

  #note(command: string): void {
    // The same request in another number says nothing new.
    const same = (line = '') => line.replace(/seq \d+/, '')
    if (same(this.#trace.at(-1)) !== same(command)) this.#trace.push(command)
  }
}

export const lab = new LabHandle()
