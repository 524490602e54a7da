import type { Status } from './event.ts'
import { stateAtFirst, type Call, type ServerState, type StageNode } from './stage.ts'

export interface Request {
  readonly id: number
  readonly isWrite: boolean
  /** Which page it is for. */
  readonly page: number
}

/** How a question ended: with an answer (an error page is one too), or with none. */
export type Outcome =
  | { readonly kind: 'answer'; readonly status: Status; readonly cached: boolean }
  | { readonly kind: 'failure'; readonly why: 'refused' | 'timeout' }

/** A request inside one server, from its arrival to its answer. */
export interface Job {
  readonly request: Request
  readonly at: string
  /** Tells the one who asked. */
  readonly finish: (outcome: Outcome) => void
  isOpen: boolean
  /** The last answer that this job was given came out of a cache. */
  isCached: boolean
  /** The caches in which this job has looked for its page, one a call. */
  readonly lookedIn: Map<Call, string>
}

/** Workers, and a queue before them. */
export class Server {
  state: ServerState
  readonly node: StageNode
  readonly #open = new Set<Job>()
  #queue: Job[] = []
  #busy = 0
  /** The pages that it has, where pages have homes. */
  #pages = new Set<number>()

  constructor(node: StageNode) {
    this.node = node
    this.state = stateAtFirst(node)
  }

  admit(job: Job): 'start' | 'wait' | 'full' {
    this.#open.add(job)
    if (this.#busy < this.node.workers) {
      this.#busy++
      return 'start'
    }
    if (this.#queue.length >= this.node.queueLimit) return 'full'
    this.#queue.push(job)
    return 'wait'
  }

  /** A worker is free: the next in the queue has it. */
  release(): Job | undefined {
    const next = this.#queue.shift()
    if (!next) this.#busy--
    return next
  }

  close(job: Job): void {
    job.isOpen = false
    this.#open.delete(job)
  }

  has(page: number): boolean {
    return this.#pages.has(page)
  }

  keep(page: number): void {
    if (this.state === 'up') this.#pages.add(page)
  }

  /** A copy begins anew with all that its master has. */
  copyFrom(master: Server): void {
    this.#pages = new Set(master.#pages)
  }

  /** The process dies: all that was inside falls out. */
  empty(): Job[] {
    this.#pages.clear()
    const fallen = [...this.#open]
    for (const job of fallen) this.close(job)
    this.#queue = []
    this.#busy = 0
    return fallen
  }
}
