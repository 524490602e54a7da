import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Disturbance, wayBack } from '../kit/disturbances.ts'
import type { Place } from '../runtime/docker/place.ts'
import type { Runtime } from '../runtime/runtime.ts'

/** What the reader has broken, by server. Kept in a file: `mend` may come from another terminal. */
export class Broken {
  readonly file: string
  readonly #runtime: Runtime

  constructor(place: Place, runtime: Runtime) {
    this.file = join(dirname(place.live), 'broken.json')
    this.#runtime = runtime
  }

  list(): Record<string, Disturbance> {
    if (!existsSync(this.file)) return {}
    return JSON.parse(readFileSync(this.file, 'utf8')) as Record<string, Disturbance>
  }

  async break(server: string, how: Disturbance): Promise<void> {
    if (this.list()[server]) await this.mend(server)
    await this.#runtime[how](server)
    this.#write({ ...this.list(), [server]: how })
  }

  async mend(server: string): Promise<void> {
    const { [server]: how, ...rest } = this.list()
    if (!how) return
    await this.#runtime[wayBack[how]](server)
    this.#write(rest)
  }

  async mendAll(): Promise<string[]> {
    const servers = Object.keys(this.list())
    for (const server of servers) await this.mend(server)
    if (servers.length > 0) await this.#runtime.refresh()
    return servers
  }

  /** A lab that starts anew has nothing broken in it. */
  forget(): void {
    this.#write({})
  }

  #write(broken: Record<string, Disturbance>): void {
    // Written beside and renamed: another terminal may read at any moment.
    writeFileSync(`${this.file}.new`, JSON.stringify(broken))
    renameSync(`${this.file}.new`, this.file)
  }
}
