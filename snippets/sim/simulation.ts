import { mix32 } from '../hashing/hash-text.ts'
import { Agenda } from './agenda.ts'
import { Copies } from './copies.ts'
import type { Status, Step, TrafficEvent } from './event.ts'
import { Pool } from './pool.ts'
import { Replication } from './replication.ts'
import { exponential, seededRandom, type Random } from './random.ts'
import { Server, type Job, type Outcome, type Request } from './server.ts'
import type { Call, ServerState, Stage, StageNode } from './stage.ts'

export interface SimulationOptions {
  readonly seed: number
  /** Requests per second. */
  readonly load?: number
}

const refused: Outcome = { kind: 'failure', why: 'refused' }
const timeout: Outcome = { kind: 'failure', why: 'timeout' }
const answer = (status: Status, cached = false): Outcome => ({ kind: 'answer', status, cached })

const newJob = (request: Request, at: string, finish: Job['finish']): Job => ({
  ...{ request, at, finish, isOpen: true, isCached: false },
  lookedIn: new Map(),
})

/** What a server says when the one it needed let it down. */
function blame(node: StageNode, outcome: Outcome): Outcome {
  if (node.tier === 'app') return answer(500)
  // A layer-4 director knows packets, not answers: it has no error page to give.
  if (outcome.kind === 'answer' || node.tier === 'l4' || node.tier === 'client') return outcome
  return answer(outcome.why === 'refused' ? 502 : 504)
}

/** Discrete events on a virtual clock: same stage, seed and commands, same events. */
export class Simulation {
  #now = 0
  #events: TrafficEvent[] = []
  #requests = 0
  #load = 0
  #loadChanges = 0
  readonly #stage: Stage
  readonly #client: StageNode
  readonly #agenda = new Agenda()
  readonly #servers: ReadonlyMap<string, Server>
  readonly #pools = new Map<Call, Map<string, Pool>>()
  /** Where pages live in halves with a copy each. */
  readonly #replication: Replication | undefined
  readonly #copies: Copies
  // One stream of chance each, so that a longer service does not move the arrivals.
  readonly #arrivals: Random
  readonly #services: Random
  readonly #choices: Random

  readonly #seed: number

  constructor(stage: Stage, { seed, load = stage.load.start }: SimulationOptions) {
    this.#stage = stage
    this.#seed = seed
    this.#client = stage.nodes.find((node) => node.tier === 'client')!
    this.#servers = new Map(stage.nodes.map((node) => [node.id, new Server(node)]))
    this.#arrivals = seededRandom(3 * seed)
    this.#services = seededRandom(3 * seed + 1)
    this.#choices = seededRandom(3 * seed + 2)
    const spares = stage.nodes.filter(({ isSpare }) => isSpare).map(({ id }) => id)
    this.#replication = Replication.of(stage, {
      server: (id) => this.#servers.get(id)!,
      after: (ms, run) => this.#after(ms, () => run(this.#now)),
      say: (kind, at, of) => this.#say({ kind, t: this.#now, at, of }),
    })
    this.#copies = new Copies(stage, {
      server: (id) => this.#servers.get(id)!,
      say: (at, of) => this.#say({ kind: 'follows', t: this.#now, at, of }),
    })
    const halves = this.#replication?.halves
    for (const { id, calls } of stage.nodes) {
      for (const call of calls)
        this.#poolsOf(call).set(id, new Pool(call, this.#choices, spares, halves))
    }
    this.#fillCaches()
    this.setLoad(load)
  }

  get now(): number {
    return this.#now
  }

  /** Lets time pass; returns what happened since the last call, in order. */
  advance(toMs: number): TrafficEvent[] {
    for (let due = this.#agenda.takeUntil(toMs); due; due = this.#agenda.takeUntil(toMs)) {
      this.#now = due.at
      due.run()
    }
    this.#now = Math.max(this.#now, toMs)
    const events = this.#events
    this.#events = []
    return events
  }

  setLoad(requestsPerSecond: number): void {
    this.#load = requestsPerSecond
    this.#expectReader(++this.#loadChanges)
  }

  setState(id: string, state: ServerState): void {
    const server = this.#servers.get(id)!
    if (server.state === state) return
    server.state = state
    this.#say({ kind: 'state', t: this.#now, at: id, state })
    if (state === 'killed') {
      for (const job of server.empty()) {
        this.#step('dropped', job)
        job.finish(refused)
      }
    }
    this.#tellCheckers(server)
    this.#replication?.notice(id, this.#now)
    if (this.#hasFixedCopies) this.#copies.follow(id)
  }

  /** Arrivals at random, independent of one another (a Poisson process). */
  #expectReader(loadChange: number): void {
    if (this.#load <= 0) return
    this.#after(exponential(1000 / this.#load, this.#arrivals), () => {
      if (loadChange !== this.#loadChanges) return
      this.#begin()
      this.#expectReader(loadChange)
    })
  }

  #begin(): void {
    const began = this.#now
    const request: Request = {
      id: this.#requests++,
      isWrite: this.#choices() < this.#stage.writes,
      page: this.#drawPage(),
    }
    const at = this.#client.id
    const finish = (outcome: Outcome) => {
      const status = outcome.kind === 'answer' ? outcome.status : 0
      const ms = this.#now - began
      this.#say({ kind: 'ended', t: this.#now, request: request.id, at, status, ms })
    }
    const job = newJob(request, at, finish)
    this.#step('begun', job)
    this.#askNext(job, 0)
  }

  #drawPage(): number {
    const { pages = 1, hot } = this.#stage
    const drawn = mix32(this.#requests ^ mix32(this.#seed)) % pages
    return hot !== undefined && this.#choices() < hot ? 0 : drawn
  }

  /** The job's calls, one after another; then its answer. */
  #askNext(job: Job, index: number): void {
    const { node } = this.#servers.get(job.at)!
    const call = node.calls[index]
    if (!call) return this.#finish(job, answer(200, job.isCached))
    const { isWrite } = job.request
    const applies = {
      everything: true,
      reads: !isWrite,
      writes: isWrite,
      misses: !isWrite && !job.isCached,
    }[call.of]
    if (!applies) return this.#askNext(job, index + 1)
    this.#ask(job, call, new Set(), refused, (outcome) => {
      const isGood = outcome.kind === 'answer' && outcome.status === 200
      if (!isGood && call.onFailure === 'fail') {
        const hasOldCopy = node.servesStale === true && !isWrite
        return this.#finish(job, hasOldCopy ? answer(200, true) : blame(node, outcome))
      }
      job.isCached = isGood && outcome.cached
      const isFound = isGood && (outcome.cached || !this.#asksCaches(call))
      if (isFound && call.of === 'misses')
        for (const id of job.lookedIn.values()) this.#keep(id, job.request.page)
      this.#askNext(job, index + 1)
    })
  }

  #ask(job: Job, call: Call, tried: Set<string>, last: Outcome, done: (o: Outcome) => void): void {
    const pool = this.#poolsOf(call).get(job.at)!
    const to = pool.pick(this.#now, tried, job.request.page)
    if (to === undefined) return done(last)
    tried.add(to)
    if (this.#asksCaches(call)) job.lookedIn.set(call, to)
    const hop = { request: job.request.id, from: job.at, to }
    const back = { request: job.request.id, from: to, to: job.at }
    const caller = this.#servers.get(job.at)!
    const peer = this.#servers.get(to)!
    let isSettled = false

    const settle = (outcome: Outcome) => {
      if (isSettled || !job.isOpen) return
      isSettled = true
      const hasFailed = outcome.kind === 'failure'
      const notice = hasFailed ? pool.failed(to, this.#now) : pool.answered(to)
      if (notice) this.#say({ kind: notice, t: this.#now, at: to, by: job.at })
      if (hasFailed && call.retry) this.#ask(job, call, tried, outcome, done)
      else done(outcome)
    }
    const giveUp = () => {
      if (isSettled || !job.isOpen) return
      this.#say({ kind: 'timed-out', t: this.#now, ...hop })
      settle(timeout)
    }
    const comeBack = (outcome: Outcome) => {
      if (peer.state === 'cut') return this.#lose(job.request, to)
      const arrives = this.#now + call.hopMs
      if (outcome.kind === 'failure') this.#say({ kind: 'refused', t: this.#now, arrives, ...back })
      else this.#say({ ...outcome, kind: 'answered', t: this.#now, arrives, ...back })
      this.#after(call.hopMs, () => {
        if (caller.state === 'cut') this.#lose(job.request, job.at)
        else settle(outcome)
      })
    }

    this.#say({ kind: 'sent', t: this.#now, arrives: this.#now + call.hopMs, ...hop })
    this.#after(call.answerTimeoutMs, giveUp)
    this.#after(call.hopMs, () => {
      if (peer.state === 'cut' || caller.state === 'cut') {
        this.#lose(job.request, to)
        this.#after(call.connectTimeoutMs - call.hopMs, giveUp)
      } else if (peer.state !== 'up') comeBack(refused)
      else {
        const { request } = job
        this.#arrive(peer, newJob(request, to, comeBack))
      }
    })
  }

  #arrive(server: Server, job: Job): void {
    const place = server.admit(job)
    if (place === 'start') return this.#work(server, job)
    this.#step(place === 'wait' ? 'queued' : 'rejected', job)
    if (place === 'full') this.#finish(job, answer(503))
  }

  #work(server: Server, job: Job): void {
    this.#step('started', job)
    this.#after(exponential(server.node.serviceMs, this.#services), () => {
      if (!job.isOpen) return
      this.#step('served', job)
      const next = server.release()
      if (next) this.#work(server, next)
      const { hitRate } = server.node
      if (hitRate === undefined || job.request.isWrite) return this.#askNext(job, 0)
      const isHit = this.#choices() < hitRate && this.#hasPage(server, job.request)
      this.#step(isHit ? 'hit' : 'miss', job)
      if (isHit) this.#finish(job, answer(200, true))
      else this.#askNext(job, 0)
    })
  }

  /** Where pages have no homes, the rate alone says what a cache has. */
  #hasPage(server: Server, { page }: Request): boolean {
    return this.#stage.pages === undefined || server.has(page)
  }

  #keep(id: string, page: number): void {
    if (this.#hasFixedCopies) this.#copies.keep(id, page)
    else if (!this.#replication?.keep(id, page)) this.#servers.get(id)!.keep(page)
  }

  get #hasFixedCopies(): boolean {
    return this.#stage.pages !== undefined && !this.#replication
  }

  /** Of those whose pages are told apart. */
  #asksCaches({ to }: Call): boolean {
    const hasRate = (id: string) => this.#servers.get(id)!.node.hitRate !== undefined
    return this.#stage.pages !== undefined && to.every(hasRate)
  }

  /** All has been read before: each home has its pages. */
  #fillCaches(): void {
    for (const [call, pools] of this.#pools) {
      for (const pool of this.#asksCaches(call) ? pools.values() : []) {
        for (let page = 0; page < (this.#stage.pages ?? 0); page++)
          for (const id of pool.homes(this.#now, page)) this.#keep(id, page)
      }
    }
  }

  #finish(job: Job, outcome: Outcome): void {
    this.#servers.get(job.at)!.close(job)
    job.finish(outcome)
  }

  #tellCheckers({ node, state }: Server): void {
    for (const [call, pools] of this.#pools) {
      if (call.health.by !== 'checks' || !call.to.includes(node.id)) continue
      this.#after(call.health.detectMs, () => {
        if (this.#servers.get(node.id)!.state !== state) return
        for (const [by, pool] of pools) {
          const notice = pool.checked(node.id, state)
          if (notice) this.#say({ kind: notice, t: this.#now, at: node.id, by })
        }
      })
    }
  }

  #poolsOf(call: Call): Map<string, Pool> {
    const known = this.#pools.get(call) ?? new Map<string, Pool>()
    this.#pools.set(call, known)
    return known
  }

  #after(ms: number, run: () => void): void {
    this.#agenda.add(this.#now + ms, run)
  }

  #lose(request: Request, at: string): void {
    this.#say({ kind: 'lost', t: this.#now, request: request.id, at })
  }

  #step(kind: Step, job: Job): void {
    this.#say({ kind, t: this.#now, request: job.request.id, at: job.at })
  }

  #say(event: TrafficEvent): void {
    this.#events.push(event)
  }
}
