import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { basename, dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Containers } from '../containers.ts'
import type { Order } from './orders.ts'

const program = fileURLToPath(new URL('./crew.mts', import.meta.url))
const claims = dirname(dirname(program))
/** For a container that runs a file of the crew. */
export const crewMount = ['--volume', `${claims}:/claims:ro`, '--workdir', '/claims/crew'] as const

/** Passes orders to a crew in another container's network, one at a time, and its replies back. */
export class Foreman {
  readonly #crew: ChildProcessWithoutNullStreams
  readonly #lines: AsyncIterator<string>

  private constructor(crew: ChildProcessWithoutNullStreams) {
    this.#crew = crew
    this.#lines = createInterface(crew.stdout)[Symbol.asyncIterator]()
  }

  static async hire(containers: Containers, neighbour: string): Promise<Foreman> {
    const place = ['--network', `container:${neighbour}`, ...crewMount]
    const image = containers.image('node:22-slim')
    const args = ['run', '--rm', '--interactive', ...containers.label, ...place, image]
    const env = { ...process.env, ...containers.env }
    const foreman = new Foreman(spawn('docker', [...args, 'node', basename(program)], { env }))
    await foreman.#reply()
    return foreman
  }

  async tell<Reply>(order: Order): Promise<Reply> {
    this.#crew.stdin.write(`${JSON.stringify(order)}\n`)
    return (await this.#reply()) as Reply
  }

  /** The crew ends with its standard input, and its container with it. */
  async dismiss(): Promise<void> {
    const exit = once(this.#crew, 'exit')
    this.#crew.stdin.end()
    await exit
  }

  async #reply(): Promise<unknown> {
    const { value: line } = await this.#lines.next()
    if (line === undefined) throw new Error(`The crew has gone: ${this.#crew.stderr.read()}`)
    const reply = JSON.parse(line) as { readonly value?: unknown; readonly error?: string }
    if (reply.error !== undefined) throw new Error(reply.error)
    return reply.value
  }
}
