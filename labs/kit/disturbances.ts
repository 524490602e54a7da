import type { Runtime } from '../runtime/runtime.ts'

/** The ways to break a server; each has its way back. */
export const disturbances = ['stop', 'kill', 'crash', 'hang', 'pause', 'cut', 'refuse'] as const
export type Disturbance = (typeof disturbances)[number]

export const wayBack = {
  stop: 'start',
  kill: 'start',
  crash: 'start',
  hang: 'wake',
  pause: 'resume',
  cut: 'mend',
  refuse: 'admit',
} as const satisfies Record<Disturbance, keyof Runtime>

/** What a check does besides: it has no name on the command line. */
type Doing = Disturbance | 'askToEnd'
const wayBackOf = { ...wayBack, askToEnd: 'restart' } as const satisfies Record<
  Doing,
  keyof Runtime
>

/** What has been broken and not yet put back. */
export class Disturbances {
  readonly #open = new Map<string, Doing>()

  async add(runtime: Runtime, how: Doing, service: string): Promise<void> {
    await this.undo(runtime, service)
    this.#open.set(service, how)
    await runtime[how](service)
  }

  async undo(runtime: Runtime, service: string): Promise<void> {
    const how = this.#open.get(service)
    if (!how) return
    await runtime[wayBackOf[how]](service)
    this.#open.delete(service)
  }

  /** A proxy may go on avoiding a server that is back: it is made to forget. */
  async undoAll(runtime: Runtime): Promise<void> {
    if (this.#open.size === 0) return
    for (const service of [...this.#open.keys()]) await this.undo(runtime, service)
    await runtime.refresh()
  }
}
