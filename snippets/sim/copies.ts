import type { Server } from './server.ts'
import type { Stage } from './stage.ts'

/** What a simulation lends to it. */
interface Surroundings {
  readonly server: (id: string) => Server
  readonly say: (at: string, of: string) => void
}

/** Roles that are fixed: a copy has what its master has, and takes nothing from anybody else. */
export class Copies {
  readonly #pairs: Stage['copies']
  readonly #around: Surroundings

  constructor({ copies }: Stage, around: Surroundings) {
    this.#pairs = copies
    this.#around = around
  }

  /** A master takes a page, and so do its copies; a copy alone takes none. */
  keep(id: string, page: number): void {
    if (this.#pairs.some(({ to }) => to === id)) return
    const { server } = this.#around
    if (server(id).state !== 'up') return
    server(id).keep(page)
    for (const { from, to } of this.#pairs) if (from === id) server(to).keep(page)
  }

  /** Somebody is back: a copy gets all that its master has, and from an empty master nothing. */
  follow(id: string): void {
    const { server, say } = this.#around
    for (const { from, to } of this.#pairs) {
      const isBoth = [from, to].every((one) => server(one).state === 'up')
      if (!isBoth || (id !== from && id !== to)) continue
      server(to).copyFrom(server(from))
      say(to, from)
    }
  }
}
