import type { Runtime } from './runtime.ts'
import type { Server } from './server.ts'

/** The ways to break a server; each has its way back. */
export const disturbances = [
  'stop',
  'kill',
  'crash',
  'hang',
  'pause',
  'cut',
  'split',
  'refuse',
] as const
export type Disturbance = (typeof disturbances)[number]

/** What a check does besides: it has no name on the command line. */
type Doing = Disturbance | 'askToEnd'

const wayBack = {
  stop: 'start',
  kill: 'start',
  crash: 'start',
  hang: 'wake',
  pause: 'resume',
  cut: 'mend',
  split: 'mend',
  refuse: 'admit',
  askToEnd: 'restart',
} as const satisfies Record<Doing, keyof Server>

/** What is broken, by server. */
type Ledger<How> = Readonly<Record<string, How>>

/** Where it is kept: `mend` may come from another process than `break`. */
export interface Keeper<How> {
  read(): Ledger<How>
  write(open: Ledger<How>): void
}

/** What has been broken and not yet put back. */
export class Disturbances<How extends Doing = Doing> {
  readonly #runtime: Runtime
  readonly #keeper: Keeper<How>

  constructor(runtime: Runtime, keeper: Keeper<How> = inMemory()) {
    this.#runtime = runtime
    this.#keeper = keeper
  }

  list(): Ledger<How> {
    return this.#keeper.read()
  }

  /** Written down first: what fails half-way has to be put back, too. */
  async break(server: string, how: How): Promise<void> {
    await this.mend(server)
    this.#keeper.write({ ...this.list(), [server]: how })
    await this.#runtime.server(server)[how]()
  }

  async mend(server: string): Promise<void> {
    const how = this.list()[server]
    if (!how) return
    await this.#runtime.server(server)[wayBack[how]]()
    const others = Object.entries(this.list()).filter(([name]) => name !== server)
    this.#keeper.write(Object.fromEntries(others))
  }

  /** Which servers it were. A proxy may go on avoiding one that is back: it is made to forget. */
  async mendAll(): Promise<string[]> {
    const servers = Object.keys(this.list())
    for (const server of servers) await this.mend(server)
    if (servers.length > 0) await this.#runtime.refresh()
    return servers
  }

  /** A lab that starts anew has nothing broken in it. */
  forget(): void {
    this.#keeper.write({})
  }
}

function inMemory<How>(): Keeper<How> {
  let open: Ledger<How> = {}
  return { read: () => open, write: (next) => void (open = next) }
}
