import { Eyes, otherThan, type Surroundings } from './failover-eyes.ts'
import {
  sentinelNames,
  type FailoverEvent,
  type RedisName,
  type SentinelName,
  type SentinelView,
} from './failover-story.ts'
import {
  chooseReplica,
  isObjectivelyDown,
  mayPromote,
  newVoter,
  vote,
  votesFor,
  type Ballot,
  type Voter,
} from './sentinels.ts'

/** Sentinel's own periods: how often the others are asked, how long an answer counts, an election lasts. */
const [askMs, opinionLastsMs, electionMs] = [1000, 5000, 10_000]

interface Opinion {
  readonly atMs: number
  readonly isDown: boolean
  readonly ballot: Ballot | undefined
}

interface Attempt {
  readonly epoch: number
  readonly startedAt: number
  step: 'election' | 'chosen' | 'sent'
  chosen?: RedisName
}

/** One Sentinel, which looks round ten times a second. */
export class Sentinel {
  readonly name: SentinelName
  isUp = true
  master: RedisName = 'redis1'
  /** The epoch in which its master became one. */
  configEpoch = 0
  readonly eyes: Eyes
  readonly #around: Surroundings
  readonly #all: readonly Sentinel[]
  #voter: Voter = newVoter
  #isAgreed = false
  #attempt: Attempt | undefined
  #attemptedAt = -Infinity
  #askedAt = -Infinity
  readonly #opinions = new Map<SentinelName, Opinion>()

  /** `all`: it knows the others by what they say in the master's hello channel. */
  constructor(name: SentinelName, around: Surroundings, all: readonly Sentinel[]) {
    this.name = name
    this.#around = around
    this.#all = all
    this.eyes = new Eyes(name, around)
  }

  get view(): SentinelView {
    return {
      ...{ isUp: this.isUp, master: this.master, ...this.#voter },
      sees: this.#isAgreed ? 'o_down' : this.#holdsDown ? 's_down' : 'well',
      isLeader: this.#attempt !== undefined && this.#attempt.step !== 'election',
    }
  }

  /** Comes back with what it has written down: epochs, votes and masters, and nothing of the rest. */
  wake(nowMs: number): void {
    this.isUp = true
    this.#opinions.clear()
    this.#attempt = undefined
    this.eyes.open(nowMs)
  }

  look(nowMs: number): void {
    this.eyes.look(nowMs, this.master)
    this.#agree(nowMs)
    this.#startAttempt(nowMs)
    this.#goOn(nowMs)
    this.#ask(nowMs, false)
  }

  get #holdsDown(): boolean {
    return this.eyes.holdsDown(this.master)
  }

  #agree(nowMs: number): void {
    const fresh = [...this.#opinions.values()].filter(({ atMs }) => nowMs - atMs < opinionLastsMs)
    const opinions = 1 + fresh.filter(({ isDown }) => isDown).length
    const isAgreed = this.#holdsDown && isObjectivelyDown(opinions, this.#around.settings.quorum)
    if (isAgreed === this.#isAgreed) return
    this.#isAgreed = isAgreed
    const said = { sentinel: this.name, redis: this.master }
    this.#around.say(isAgreed ? { kind: '+odown', ...said, opinions } : { kind: '-odown', ...said })
  }

  /** Not soon after its last attempt, nor after its vote for another's. */
  #startAttempt(nowMs: number): void {
    const { failoverTimeoutMs } = this.#around.settings
    if (!this.#isAgreed || this.#attempt) return
    if (nowMs - this.#attemptedAt < 2 * failoverTimeoutMs) return
    const epoch = this.#voter.epoch + 1
    this.#attempt = { epoch, startedAt: nowMs, step: 'election' }
    this.#attemptedAt = nowMs
    this.#around.say({ kind: '+try-failover', sentinel: this.name, epoch })
    this.grant({ epoch, leader: this.name }, nowMs)
    this.#ask(nowMs, true)
  }

  /** Somebody asks for its vote; the ballot that it holds then. */
  grant(asked: Ballot, nowMs: number): Ballot | undefined {
    const before = this.#voter.ballot
    this.#voter = vote(this.#voter, asked)
    const { ballot } = this.#voter
    if (ballot && ballot !== before) {
      if (ballot.leader !== this.name) this.#attemptedAt = nowMs
      this.#around.say({ kind: '+vote-for-leader', sentinel: this.name, ballot })
    }
    return ballot
  }

  /** `SENTINEL IS-MASTER-DOWN-BY-ADDR`: the others' opinions, and in an election their votes. */
  #ask(nowMs: number, isUrgent: boolean): void {
    if (!this.#holdsDown || (nowMs - this.#askedAt < askMs && !isUrgent)) return
    this.#askedAt = nowMs
    for (const peer of this.#peers()) {
      const ballot = this.#attempt
        ? peer.grant({ epoch: this.#attempt.epoch, leader: this.name }, nowMs)
        : undefined
      const isDown = peer.master === this.master && peer.#holdsDown
      this.#opinions.set(peer.name, { atMs: nowMs, isDown, ballot })
    }
  }

  #goOn(nowMs: number): void {
    const attempt = this.#attempt
    // The others' votes come back before it looks round again.
    if (attempt?.startedAt === nowMs) return
    if (attempt?.step === 'election') this.#count(attempt, nowMs)
    else if (attempt?.step === 'chosen') this.#promote(attempt, nowMs)
    else if (attempt?.step === 'sent') this.#finish(attempt)
  }

  #count(attempt: Attempt, nowMs: number): void {
    const { settings, say, redis } = this.#around
    const { epoch } = attempt
    const ballots = [...this.#opinions.values()].map(({ ballot }) => ballot)
    const votes = votesFor({ epoch, leader: this.name }, [this.#voter.ballot, ...ballots])
    if (!mayPromote({ votes, known: sentinelNames.length, quorum: settings.quorum })) {
      const limit = Math.min(electionMs, settings.failoverTimeoutMs)
      if (nowMs - attempt.startedAt > limit)
        this.#giveUp({ kind: '-failover-abort-not-elected', sentinel: this.name, epoch })
      return
    }
    say({ kind: '+elected-leader', sentinel: this.name, epoch })
    const name = otherThan(this.master)
    const { offset } = redis[name].role
    const isDown = this.eyes.holdsDown(name) || !redis[name].answers
    const chosen = chooseReplica([{ name, runId: name, priority: 100, offset, isDown }])
    if (!chosen) return this.#giveUp({ kind: '-failover-abort-no-good-slave', sentinel: this.name })
    Object.assign(attempt, { step: 'chosen', chosen: name })
    say({ kind: '+selected-slave', sentinel: this.name, redis: name })
  }

  #promote(attempt: Attempt, nowMs: number): void {
    const redis = this.#around.redis[attempt.chosen!]
    if (!redis.answers) {
      if (nowMs - attempt.startedAt > this.#around.settings.failoverTimeoutMs)
        this.#giveUp({ kind: '-failover-abort-no-good-slave', sentinel: this.name })
      return
    }
    redis.promote(attempt.epoch)
    attempt.step = 'sent'
    this.#around.say({ kind: 'promoted', redis: redis.name })
  }

  /** It sees that the copy is master now, and tells the others. */
  #finish({ chosen, epoch }: Attempt): void {
    const { say } = this.#around
    say({ kind: '+promoted-slave', sentinel: this.name, redis: chosen! })
    this.#attempt = undefined
    this.learn(chosen!, epoch)
    for (const peer of this.#peers()) peer.learn(chosen!, epoch)
  }

  #giveUp(event: FailoverEvent): void {
    this.#attempt = undefined
    this.#around.say(event)
  }

  /** Who hears of a newer configuration takes it over. */
  learn(master: RedisName, configEpoch: number): void {
    if (configEpoch <= this.configEpoch) return
    Object.assign(this, { master, configEpoch })
    this.#voter = { ...this.#voter, epoch: Math.max(this.#voter.epoch, configEpoch) }
    this.eyes.turnTo(master)
    this.#isAgreed = false
    this.#attempt = undefined
    this.#opinions.clear()
    this.#around.say({ kind: '+switch-master', sentinel: this.name, redis: master })
  }

  #peers(): readonly Sentinel[] {
    return this.#all.filter((peer) => peer !== this && peer.isUp)
  }
}
