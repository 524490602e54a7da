import type { Seeded } from './seeded.ts'

export const addresses = ['127.0.0.1', '127.0.0.2', '127.0.0.3']

/** A place to listen, and the sockets that it is. */
interface MadePlace {
  readonly text: string
  readonly sockets: readonly string[]
  readonly families: Families
}

/** Who may come to a port: where one socket is for both families, there is no other. */
type Families = 'ipv4' | 'each' | 'both'

/** The `listen` of one configuration, with which nginx starts. */
export class MadeListens {
  readonly #seeded: Seeded
  readonly #places: readonly MadePlace[]
  readonly #defaults = new Set<string>()
  readonly #withOptions = new Set<string>()

  constructor(seeded: Seeded, ports: readonly [number, number]) {
    this.#seeded = seeded
    const families = ports.map(() =>
      seeded.pick(['ipv4', 'ipv4', 'ipv4', 'each', 'each', 'both'] as const),
    )
    const [first, second] = families
    this.#places = [
      ...ports.flatMap((port, index) => placesOn([port], families[index]!)),
      ...(first === second ? placesOn(ports, first!) : []),
    ]
  }

  ofOneServer(): readonly string[] {
    const taken = new Set<string>()
    const lines: string[] = []
    for (let count = this.#seeded.between(1, 3); count > 0; count--) {
      const place = this.#seeded.pick(this.#places)
      if (place.sockets.some((socket) => taken.has(socket))) continue
      for (const socket of place.sockets) taken.add(socket)
      const words = [place.text, ...this.#option(place), ...this.#default(place)]
      lines.push(`listen ${words.join(' ')};`)
    }
    return lines
  }

  #default({ sockets }: MadePlace): readonly string[] {
    return this.#once(this.#defaults, sockets, 0.25) ? ['default_server'] : []
  }

  #option({ text, sockets, families }: MadePlace): readonly string[] {
    if (!text.startsWith('[')) return []
    if (!this.#once(this.#withOptions, sockets, families === 'both' ? 0.8 : 0.25)) return []
    return [`ipv6only=${families === 'both' ? 'off' : 'on'}`]
  }

  /** By chance, where none of these has it yet. */
  #once(all: Set<string>, sockets: readonly string[], probability: number): boolean {
    if (sockets.some((socket) => all.has(socket)) || !this.#seeded.isLucky(probability))
      return false
    for (const socket of sockets) all.add(socket)
    return true
  }
}

/** On a port, or from one to the next. */
function placesOn(ports: readonly number[], families: Families): readonly MadePlace[] {
  const text = ports.join('-')
  const place = (address: string): MadePlace => ({
    text: address === '*' ? text : `${address}:${text}`,
    sockets: ports.map((port) => `${address}:${port}`),
    families,
  })
  if (families === 'both') return [place('[::]')]
  const ipv4 = ['*', '*', ...addresses]
  return [...ipv4, ...(families === 'each' ? ['[::]', '[::]'] : [])].map(place)
}
