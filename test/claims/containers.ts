import { execa } from 'execa'
import type { Engine } from '../../labs/runtime/docker/engine.ts'
import { docker, untilPrinted } from '../real/container.ts'
import { takeEngine } from '../real/engine.ts'

export interface Outcome {
  readonly exitCode: number
  readonly output: string
}

/** The containers, networks and volumes of one test file, all gone at its end. */
export class Containers {
  readonly #engine: Engine
  readonly #label: string

  private constructor(engine: Engine, label: string) {
    this.#engine = engine
    this.#label = label
  }

  /** `testFile` is `import.meta.url`: what an earlier run of the same file left is removed first. */
  static async open(testFile: string, images: readonly string[]): Promise<Containers> {
    const engine = await takeEngine(images)
    const containers = new Containers(engine, `four-tiers.claims=${testFile}`)
    await containers.#clear()
    return containers
  }

  get env(): Readonly<Record<string, string>> {
    return this.#engine.env
  }

  /** What stands before an official image's name, in Dockerfiles too. */
  get imagePrefix(): string {
    return this.#engine.imagePrefix
  }

  /** For `docker run`, `network create` and `volume create`. */
  get label(): readonly string[] {
    return ['--label', this.#label]
  }

  image(name: string): string {
    return this.imagePrefix + name
  }

  /** Runs `docker …` and returns what it printed; a failure is an error. */
  docker(...args: readonly string[]): Promise<string> {
    return docker(this.env, ...args)
  }

  /** Runs `docker …` where a failure is an answer. */
  async attempt(...args: readonly string[]): Promise<Outcome> {
    const options = { env: this.env, stdin: 'ignore', reject: false, all: true } as const
    const { exitCode = 1, all } = await execa('docker', args, options)
    return { exitCode, output: all }
  }

  /** Starts a container and returns its id. */
  run(...args: readonly string[]): Promise<string> {
    return this.docker('run', '--detach', ...this.label, ...args)
  }

  /** Until its log says so, since its last start; there is no other event for being ready. */
  async untilSays(id: string, text: string): Promise<void> {
    // Not `StartedAt`: a busy engine writes that down after the program has said its first lines.
    const ended = await this.docker('inspect', '--format', '{{.State.FinishedAt}}', id)
    const since = ended.startsWith('0001-') ? '0' : ended
    await untilPrinted(this.env, ['logs', '--follow', '--since', since, id], (line) =>
      line.includes(text),
    )
  }

  /** Until the engine has told of this event, so many times in the container's life. */
  async untilEvent(id: string, action: string, times = 1): Promise<void> {
    const filter = ['--since', '0', '--filter', `container=${id}`, '--format', '{{.Action}}']
    let seen = 0
    await untilPrinted(
      this.env,
      ['events', ...filter],
      (line) => line === action && ++seen === times,
    )
  }

  engineVersion(): Promise<string> {
    return this.docker('version', '--format', '{{.Server.Version}}')
  }

  async close(): Promise<void> {
    await this.#clear()
    await this.#engine.release()
  }

  async #clear(): Promise<void> {
    const filter = ['--quiet', '--filter', `label=${this.#label}`]
    const ids = async (...list: readonly string[]) =>
      (await this.docker(...list, ...filter)).split('\n').filter(Boolean)
    const containers = await ids('ps', '--all')
    if (containers.length > 0) await this.docker('rm', '--force', '--volumes', ...containers)
    for (const kind of ['network', 'volume', 'image']) {
      const left = await ids(kind, 'ls')
      if (left.length > 0) await this.docker(kind, 'rm', '--force', ...new Set(left))
    }
  }
}
