import type { Asked } from './lvs/asked.ts'
import { vip } from './lvs/topology.ts'
import type { Rack } from './rack.ts'

/** A reader at the rack's client, who asks without a pause until told to stop: lvs/readers.mts. */
export class Readers {
  readonly #rack: Rack
  readonly #pipes: string
  readonly #running: Promise<string>
  /** Of the reader's connection, when it had begun. */
  readonly port: string

  private constructor(rack: Rack, pipes: string, running: Promise<string>, port: string) {
    this.port = port
    this.#rack = rack
    this.#pipes = pipes
    this.#running = running
  }

  /** Is back when five answers have come. `patience` in milliseconds for each request. */
  static async begin(
    rack: Rack,
    how: 'kept' | 'new',
    { patience = 100, to = vip } = {},
  ): Promise<Readers> {
    const pipes = await rack.run('', 'set -e; d=$(mktemp -d); mkfifo $d/begun $d/over; echo $d')
    const program = `nice -n 10 node --disable-warning=ExperimentalWarning /app/readers.mts`
    const running = rack.run('client', `${program} ${how} ${to} ${patience} ${pipes}`)
    const port = await Promise.race([rack.run('', `timeout 30 cat ${pipes}/begun`), running])
    return new Readers(rack, pipes, running, port)
  }

  /** What happens from now on has this name in the answers. */
  async call(round: string): Promise<void> {
    await this.#rack.run('', `printf %s ${round} >${this.#pipes}/round`)
  }

  /** Until the first of them has had no answer. */
  async untilLost(): Promise<void> {
    await this.#rack.until('', `test -e ${this.#pipes}/lost`)
  }

  async over(): Promise<readonly Asked[]> {
    await this.#rack.run('', `echo >${this.#pipes}/over`)
    return JSON.parse(await this.#running) as readonly Asked[]
  }
}
