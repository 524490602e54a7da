import { Halves } from './halves.ts'
import type { Server } from './server.ts'
import type { Call, Stage } from './stage.ts'

type Watch = Extract<Call['health'], { readonly by: 'sentinels' }>

/** What a simulation lends to it. */
interface Surroundings {
  readonly server: (id: string) => Server
  readonly after: (ms: number, run: (nowMs: number) => void) => void
  readonly say: (kind: 'promoted' | 'follows', at: string, of: string) => void
}

/** Masters, their copies, and the Sentinels that promote: what of it happens as time passes. */
export class Replication {
  readonly halves: Halves
  readonly #watch: Watch
  readonly #around: Surroundings
  readonly #awaySince = new Map<string, number>()

  private constructor(call: Call, watch: Watch, around: Surroundings) {
    this.halves = new Halves(call.to)
    this.#watch = watch
    this.#around = around
  }

  /** Of a stage whose caches have copies; undefined: they have none. */
  static of({ nodes }: Stage, around: Surroundings): Replication | undefined {
    const call = nodes.flatMap(({ calls }) => calls).find(({ pick }) => pick === 'by-half')
    return call?.health.by === 'sentinels' ? new Replication(call, call.health, around) : undefined
  }

  /** A page is kept by the master of that half, and by its copy; while there is no master, by nobody. */
  keep(id: string, page: number): boolean {
    const half = this.halves.ofServer(id)
    if (!half) return false
    const [master, copy] = [half.master, half.copy].map(this.#around.server)
    if (master!.state !== 'up') return true
    master!.keep(page)
    copy!.keep(page)
    return true
  }

  /** Something has happened to this server: what comes of it, comes later. */
  notice(id: string, nowMs: number): void {
    if (!this.halves.ofServer(id) && !this.#watch.sentinels.includes(id)) return
    if (this.#isUp(id)) this.#awaySince.delete(id)
    else this.#awaySince.set(id, this.#awaySince.get(id) ?? nowMs)
    this.#around.after(this.#watch.detectMs, (later) => {
      this.#promote(later)
      this.#follow(id)
    })
  }

  #promote(nowMs: number): void {
    const { sentinels, detectMs } = this.#watch
    if (sentinels.filter((id) => this.#isUp(id)).length <= sentinels.length / 2) return
    for (const half of this.halves.all) {
      const { master, copy } = half
      const awaySince = this.#awaySince.get(master)
      // The clock adds up fractions of milliseconds.
      const isLong = awaySince !== undefined && nowMs - awaySince > detectMs - 0.01
      if (!isLong || !this.#isUp(copy)) continue
      this.halves.promote(half)
      this.#around.say('promoted', copy, master)
    }
  }

  /** Back, it has what its master has; a master that has come back empty empties its copy. */
  #follow(id: string): void {
    const half = this.halves.ofServer(id)
    if (!half || !this.#isUp(id)) return
    const { master, copy } = half
    if (!this.#isUp(master) || !this.#isUp(copy)) return
    this.#around.server(copy).copyFrom(this.#around.server(master))
    if (id === copy) this.#around.say('follows', copy, master)
  }

  #isUp(id: string): boolean {
    return this.#around.server(id).state === 'up'
  }
}
