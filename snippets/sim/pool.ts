import { HashRing } from '../hashing/hash-ring.ts'
import type { Halves } from './halves.ts'
import type { Random } from './random.ts'
import type { Call, ServerState } from './stage.ts'

interface Peer {
  readonly id: string
  fails: number
  failedAt: number
  isOut: boolean
}

export type Notice = 'left-out' | 'taken-back' | undefined

/** One caller's memory of the servers it may ask: whose turn it is, and who is out. */
export class Pool {
  readonly #call: Call
  readonly #peers: readonly Peer[]
  readonly #ring: HashRing | undefined
  readonly #halves: Halves | undefined
  readonly #random: Random
  #turn = 0

  /** `spares` are out until a checker says that they run. */
  constructor(call: Call, random: Random, spares: readonly string[] = [], halves?: Halves) {
    this.#call = call
    this.#random = random
    if (call.pick === 'by-half') this.#halves = halves
    this.#peers = call.to.map((id) => ({
      ...{ id, fails: 0, failedAt: -Infinity, isOut: spares.includes(id) },
    }))
    if (call.pick === 'by-page') this.#ring = new HashRing(call.to.map((name) => ({ name })))
  }

  pick(now: number, tried: ReadonlySet<string>, page: number): string | undefined {
    if (this.#ring) return this.#homeOf(page, now, tried)
    if (this.#halves) {
      const { master, copy } = this.#halves.ofPage(page)
      return [master, copy].find((id) => !tried.has(id))
    }
    if (this.#call.pick === 'by-chance') {
      const able = this.#peers.filter((peer) => !tried.has(peer.id) && !this.#isOut(peer, now))
      return able[Math.floor(this.#random() * able.length)]?.id
    }
    const size = this.#peers.length
    const start = this.#call.pick === 'first' ? 0 : this.#turn
    for (let step = 0; step < size; step++) {
      const index = (start + step) % size
      const peer = this.#peers[index]!
      if (tried.has(peer.id) || this.#isOut(peer, now)) continue
      this.#turn = (index + 1) % size
      return peer.id
    }
    return undefined
  }

  /** Those who have this page when all has been read before. */
  homes(now: number, page: number): readonly string[] {
    if (this.#call.pick === 'by-chance')
      return this.#peers.filter((peer) => !this.#isOut(peer, now)).map(({ id }) => id)
    const home = this.pick(now, new Set(), page)
    return home === undefined ? [] : [home]
  }

  /** The first on the ring, from the page on, who is not out. */
  #homeOf(page: number, now: number, tried: ReadonlySet<string>): string | undefined {
    const homes = this.#ring!.nodesFor(`page:${page}`, this.#peers.length)
    return homes.find((id) => !tried.has(id) && !this.#isOut(this.#peer(id), now))
  }

  failed(id: string, now: number): Notice {
    const peer = this.#peer(id)
    const { health } = this.#call
    if (health.by !== 'requests' || this.#peers.length === 1) return undefined
    if (now - peer.failedAt > health.failTimeoutMs) peer.fails = 0
    peer.fails++
    peer.failedAt = now
    if (peer.isOut || peer.fails < health.maxFails) return undefined
    peer.isOut = true
    return 'left-out'
  }

  answered(id: string): Notice {
    const peer = this.#peer(id)
    if (this.#call.health.by !== 'requests') return undefined
    peer.fails = 0
    return this.#takeBack(peer)
  }

  /** The checker's news. */
  checked(id: string, state: ServerState): Notice {
    const peer = this.#peer(id)
    if (state === 'up') return this.#takeBack(peer)
    if (peer.isOut) return undefined
    peer.isOut = true
    return 'left-out'
  }

  /** nginx leaves nobody out of an upstream of one, and tries an outcast again in time. */
  #isOut(peer: Peer, now: number): boolean {
    if (!peer.isOut) return false
    const { health } = this.#call
    return health.by !== 'requests' || now - peer.failedAt <= health.failTimeoutMs
  }

  #takeBack(peer: Peer): Notice {
    if (!peer.isOut) return undefined
    peer.isOut = false
    return 'taken-back'
  }

  #peer(id: string): Peer {
    return this.#peers.find((peer) => peer.id === id)!
  }
}
