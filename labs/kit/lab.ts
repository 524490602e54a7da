import { setTimeout as pause } from 'node:timers/promises'
import { inject } from 'vitest'
import type { Place } from '../runtime/docker/place.ts'
import { runtimeOf } from '../runtime/runtime-of.ts'
import type {
  Answer,
  ExecResult,
  LabRequest,
  Rebuilt,
  Runtime,
  ServiceStatus,
} from '../runtime/runtime.ts'
import { Answers } from './answers.ts'
import { type Arrival, type Watched, watchArrivals } from './arrivals.ts'
import { type Casualty, casualtiesOf, complaintsOf } from './casualties.ts'
import { Disturbances, type Disturbance } from '../runtime/disturbances.ts'
import { type QuestionLog, watchQuestions } from './questions.ts'
import { readRecording } from './recording.ts'
import { curl, inspect, list } from './trace.ts'
import { Wire } from './wire.ts'

declare module 'vitest' {
  interface ProvidedContext {
    place: Place
  }
}

type Options = Omit<LabRequest, 'path'>

/** The one handle of a check: the reader's lab, as it runs now. */
export class LabHandle {
  readonly #place: () => Place
  readonly #open: (place: Place) => Runtime
  #runtime: Runtime | undefined
  #disturbances: Disturbances | undefined
  #trace: string[] = []
  #began = new Date().toISOString()

  constructor(place: () => Place = () => inject('place'), open = runtimeOf) {
    this.#place = place
    this.#open = open
  }

  /** Frames, addresses and kernel tables of the lab's machines. */
  readonly wire = new Wire({
    exec: (machine, command) => this.exec(machine, command),
    request: (path, options) => this.request(path, options),
    again: async (path, options) => {
      const [answer] = await this.#running.request({
        requests: [this.#whole({ ...options, path })],
      })
      return answer!
    },
  })

  get #running(): Runtime {
    return (this.#runtime ??= this.#open(this.#place()))
  }

  get #broken(): Disturbances {
    return (this.#disturbances ??= new Disturbances(this.#running))
  }

  /** Whichever server it is sent to: under the site's own name, unless the check asks for another. */
  #whole<Request extends LabRequest>(request: Request): Request {
    return { ...request, headers: { host: this.#place().lab.front.host, ...request.headers } }
  }

  /** Octets of the lab's network: `lab.address(50)` is the client's address. */
  address(host: number): string {
    return `${this.#place().subnet}.${host}`
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
    const wanted = this.#whole({ ...options, path })
    this.#note(curl(this.#place(), wanted, count))
    const requests = Array.from({ length: count }, () => wanted)
    return new Answers(await this.#running.request({ requests, concurrency }))
  }

  /** Different requests, sent like those of `requests`. `bodies: false` throws bodies away. */
  async send(
    requests: readonly LabRequest[],
    options: { concurrency?: number; bodies?: boolean } = {},
  ): Promise<Answers> {
    const whole = requests.map((one) => this.#whole(one))
    // A few show what is done; a day of traffic would fill the screen.
    for (const one of whole.slice(0, 3)) this.#note(curl(this.#place(), one, 1))
    return new Answers(await this.#running.request({ requests: whole, ...options }))
  }

  /**
   * Signs in as this name: the cookies to send from now on, as a browser would, the login first; or
   * nothing when that failed.
   */
  async signIn(name: string, options: Options = {}): Promise<string | undefined> {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const { cookies } = await this.request('/signin', {
      ...options,
      method: 'POST',
      headers: { ...form, ...options.headers },
      body: `name=${encodeURIComponent(name)}`,
    })
    const kept = cookies.map((one) => one.split(';')[0]!).filter((one) => !/^[^=]*=$/.test(one))
    const isLogin = (one: string) => one.startsWith('teahouse_session=')
    const logins = kept.filter(isLogin)
    if (logins.length > 0) return [...logins, ...kept.filter((one) => !isLogin(one))].join('; ')
  }

  /** Until copies that live for this many seconds have ended everywhere; servers count whole ones. */
  untilPast(seconds: number): Promise<void> {
    return pause(seconds * 1000 + 1100)
  }

  /** What reached these servers during `work`, as they wrote it down themselves. */
  arrivals(watched: Watched, work: () => Promise<unknown>): Promise<Arrival[]> {
    return watchArrivals(this.#running, watched, work)
  }

  /** What a database was asked during `work`, as it wrote it down itself. */
  questions(log: QuestionLog, work: () => Promise<unknown>): Promise<string[]> {
    return watchQuestions((server, command) => this.exec(server, command), log, work)
  }

  /** As if nobody had asked for anything yet. */
  emptyCaches(): Promise<void> {
    return this.#running.emptyCaches()
  }

  /** Requests recorded in a file of the lab's folder, in their order. */
  recording(file: string): LabRequest[] {
    return readRecording(this.#place().lab.folder, file)
  }

  exec(service: string, command: readonly string[]): Promise<ExecResult> {
    return this.#running.server(service).exec(command)
  }

  /** A request whose body is still to come: the server has begun with it, and can only wait. */
  async hold(path: string, options: Options): Promise<{ finish(): Promise<Answer> }> {
    const held = await this.#running.hold(this.#whole({ ...options, path }))
    return { finish: () => this.#running.finish(held) }
  }

  /** Asks until there is an answer, whatever it is: a server that was started just now is not up. */
  async untilAnswered(path: string, seconds = 30): Promise<void> {
    const requests = [this.#whole({ path, timeoutMs: 2000 })]
    const deadline = performance.now() + seconds * 1000
    while (performance.now() < deadline) {
      const [answer] = await this.#running.request({ requests })
      if (answer?.failure === undefined) return
      await pause(50)
    }
  }

  /** Sends the stop signal, as `docker stop` begins; returns before the server has ended. */
  async askToEnd(service: string): Promise<void> {
    this.#note(`npm run lab ${this.#place().lab.number} break ${service} stop`)
    await this.#broken.break(service, 'askToEnd')
  }

  /** The exit code; nothing when the server has not ended by then. */
  waitForEnd(service: string, ms: number): Promise<number | undefined> {
    return this.#running.server(service).waitForEnd(ms)
  }

  /** New containers for these servers. What they kept outside of a named volume is gone. */
  async recreate(...services: readonly string[]): Promise<void> {
    const { number } = this.#place().lab
    this.#note(`npm run lab ${number} down && npm run lab ${number}`)
    await this.#running.recreate(services)
  }

  /** What building the image again costs when a line of each of these files has changed. */
  rebuildWith(...files: readonly string[]): Promise<Rebuilt> {
    return this.#running.rebuildWith(files)
  }

  /** The CPUs that it was given; all of the machine's where nobody has said. */
  cpus(service: string): Promise<number> {
    this.#note(inspect(this.#place(), service, '{{.HostConfig.NanoCpus}}'))
    return this.#running.server(service).cpus()
  }

  /** Seconds until its health check calls a hang one; nothing where it has no health check. */
  secondsToUnhealthy(service: string): Promise<number | undefined> {
    this.#note(inspect(this.#place(), service, '{{json .Config.Healthcheck}}'))
    return this.#running.server(service).secondsToUnhealthy()
  }

  /** How often Docker starts it again when it crashes; Infinity where nobody has set a limit. */
  restarts(service: string): Promise<number> {
    this.#note(inspect(this.#place(), service, '{{json .HostConfig.RestartPolicy}}'))
    return this.#running.server(service).restarts()
  }

  /** Seconds from the stop signal until Docker kills it. */
  secondsToStop(service: string): Promise<number> {
    this.#note(inspect(this.#place(), service, '{{.Config.StopTimeout}}'))
    return this.#running.server(service).secondsToStop()
  }

  /** Those of them that run. */
  async running(services: readonly string[]): Promise<string[]> {
    const there = await this.#running.status()
    const isRunning = (name: string) =>
      there.some(({ service, state }) => service === name && state === 'running')
    const running = services.filter(isRunning)
    if (running.length < services.length) this.#note(list(this.#place()))
    return running
  }

  async status(service: string): Promise<ServiceStatus> {
    const all = await this.#running.status()
    return all.find((one) => one.service === service) ?? { service, state: 'missing' }
  }

  stop = (service: string) => this.#disturb('stop', service)
  kill = (service: string) => this.#disturb('kill', service)
  crash = (service: string) => this.#disturb('crash', service)
  hang = (service: string) => this.#disturb('hang', service)
  pause = (service: string) => this.#disturb('pause', service)
  cut = (service: string) => this.#disturb('cut', service)
  split = (service: string) => this.#disturb('split', service)
  refuse = (service: string) => this.#disturb('refuse', service)

  /** Undoes whatever was done to this server. */
  async start(service: string): Promise<void> {
    await this.#broken.mend(service)
    this.#noteMended(service)
  }

  /** What the check has done so far, as commands for the reader. Used by the kit's own set-up. */
  get trace(): readonly string[] {
    return this.#trace
  }

  begin(): void {
    this.#trace = []
    this.#began = new Date().toISOString()
  }

  /** Puts everything back that the check has broken, as if nothing had ever been. */
  async restore(): Promise<void> {
    for (const service of await this.#broken.mendAll()) this.#noteMended(service)
  }

  casualties(): Promise<Casualty[]> {
    return casualtiesOf(this.#place(), this.#running)
  }

  /** Errors that the reader's own code has had in this check, in the words of its servers. */
  complaints(): Promise<string[]> {
    return complaintsOf(this.#place(), this.#running, this.#began)
  }

  /** Servers that have ended may run again; if they cannot, the next files may have them run. */
  async revive(servers: readonly string[]): Promise<void> {
    const again = (server: string) => this.#running.server(server).restart()
    await Promise.allSettled(servers.map(again))
    await this.#running.refresh()
  }

  #noteMended(service: string): void {
    this.#note(`npm run lab ${this.#place().lab.number} mend ${service}`)
  }

  async #disturb(how: Disturbance, service: string): Promise<void> {
    this.#note(`npm run lab ${this.#place().lab.number} break ${service} ${how}`)
    await this.#broken.break(service, how)
  }

  /** A request that was sent since the last order to a server, in another number perhaps, is no news. */
  #note(command: string): void {
    const isOrder = (line: string) => line.startsWith('npm run')
    const same = (line: string) => line.replace(/seq \d+/, '')
    const since = isOrder(command) ? -1 : this.#trace.findLastIndex(isOrder) + 1
    const lately = this.#trace.slice(since).map(same)
    if (!lately.includes(same(command))) this.#trace.push(command)
  }
}

export const lab = new LabHandle()
