import { HashRing } from '../hashing/hash-ring.ts'

/** Who is what in one half of the pages, at present. */
export interface Half {
  readonly master: string
  readonly copy: string
}

/** Pages in several parts, each with a master and its copy; who is which changes by a promotion. */
export class Halves {
  readonly #ring: HashRing
  readonly #halves: Map<string, Half>

  /** The masters, each followed by its copy. */
  constructor(names: readonly string[]) {
    const masters = names.filter((_, index) => index % 2 === 0)
    this.#ring = new HashRing(masters.map((name) => ({ name })))
    this.#halves = new Map(
      masters.map((master, index) => [master, { master, copy: names[2 * index + 1]! }]),
    )
  }

  get all(): readonly Half[] {
    return [...this.#halves.values()]
  }

  /** The half in which a page lives, whoever is its master. */
  ofPage(page: number): Half {
    return this.#halves.get(this.#ring.nodeFor(`page:${page}`))!
  }

  /** The half to which a server belongs; none, if it keeps no pages. */
  ofServer(id: string): Half | undefined {
    return this.all.find(({ master, copy }) => id === master || id === copy)
  }

  promote({ master, copy }: Half): void {
    for (const [name, half] of this.#halves)
      if (half.copy === copy) this.#halves.set(name, { master: copy, copy: master })
  }
}
