import { Redis } from './failover-redis.ts'
import { Sentinel } from './failover-sentinel.ts'
import {
  redisNames,
  sentinelNames,
  type Disturbance,
  type FailoverEvent,
  type FailoverSettings,
  type FailoverStory,
  type Moment,
  type RedisName,
  type Scene,
  type Tally,
  type Write,
} from './failover-story.ts'

/** How finely time passes; how often a Sentinel looks round, and the client writes. */
const [tickMs, lookMs, writeMs, helloMs] = [10, 100, 100, 2000]
/** The client writes between two looks. */
const writesAtMs = 50

/**
 * One half's master, its copy, three Sentinels and a client that writes all the time, from 0 on. The same
 * settings and disturbances tell the same story; one that comes later changes nothing before it.
 */
export function playFailover(
  settings: FailoverSettings,
  disturbances: readonly Disturbance[],
  untilMs: number,
): FailoverStory {
  const play = new Play(settings, disturbances)
  for (let nowMs = 0; nowMs <= untilMs; nowMs += tickMs) play.tick(nowMs)
  return play.story
}

class Play {
  readonly #settings: FailoverSettings
  readonly #disturbances: readonly Disturbance[]
  readonly #redis: Readonly<Record<RedisName, Redis>>
  readonly #sentinels: Sentinel[] = []
  readonly #start: Scene
  readonly #moments: Moment[] = []
  readonly #writes: Write[] = []
  #nowMs = 0
  #client: RedisName = 'redis1'
  #succeededAt = 0
  #isFailing = false

  constructor(settings: FailoverSettings, disturbances: readonly Disturbance[]) {
    this.#settings = settings
    this.#disturbances = disturbances
    this.#redis = { redis1: new Redis('redis1'), copy1: new Redis('copy1') }
    this.#redis.copy1.becomeCopyOf(this.#redis.redis1)
    this.#redis.copy1.copy(0)
    const say = (event: FailoverEvent) => this.#say(event)
    const around = { settings, redis: this.#redis, say }
    for (const name of sentinelNames)
      this.#sentinels.push(new Sentinel(name, around, this.#sentinels))
    this.#start = this.#scene()
  }

  tick(nowMs: number): void {
    this.#nowMs = nowMs
    for (const by of this.#disturbances) if (by.atMs === nowMs) this.#disturb(by)
    for (const sentinel of this.#sentinels) this.#turnOf(sentinel)
    for (const name of redisNames) {
      const answer = this.#redis[name].copy(nowMs)
      if (answer) this.#say({ kind: 'resynced', redis: name, answer })
    }
    if (nowMs % writeMs === writesAtMs) this.#write()
  }

  get story(): FailoverStory {
    const kept = this.#keptNow()
    const writes = this.#writes.map((write) => ({
      ...write,
      isLost: write.outcome === 'acknowledged' && !kept.has(write.number),
    }))
    return { start: this.#start, moments: this.#moments, writes }
  }

  #disturb(by: Disturbance): void {
    const sentinel = this.#sentinels.find(({ name }) => name === by.server)
    if (sentinel && by.does === 'back') sentinel.wake(this.#nowMs)
    else if (sentinel) sentinel.isUp = false
    else this.#redis[by.server as RedisName].suffer(by.does)
    this.#say({ kind: 'disturbed', by })
  }

  #turnOf(sentinel: Sentinel): void {
    const late = tickMs * Math.floor((lookMs / tickMs) * this.#settings.chance[sentinel.name])
    if (!sentinel.isUp || this.#nowMs % lookMs !== late) return
    sentinel.look(this.#nowMs)
    if (this.#nowMs % helloMs !== late) return
    for (const peer of this.#sentinels)
      if (peer.isUp) peer.learn(sentinel.master, sentinel.configEpoch)
  }

  #write(): void {
    if (this.#settings.isTold) this.#moveTo(this.#toldMaster())
    const number = this.#writes.length
    const redis = this.#redis[this.#client]
    const outcome = this.#outcomeOf(number, redis)
    this.#writes.push({ number, atMs: this.#nowMs, redis: redis.name, outcome })
    const gapMs = this.#nowMs - this.#succeededAt
    if (outcome === 'acknowledged') {
      const wasFailing = this.#isFailing
      this.#isFailing = false
      if (wasFailing) this.#say({ kind: 'succeeds', redis: redis.name, gapMs })
      this.#succeededAt = this.#nowMs
      return
    }
    const wasFailing = this.#isFailing
    this.#isFailing = true
    if (!wasFailing) this.#say({ kind: 'fails', redis: redis.name, gapMs })
    if (redis.state !== 'up' || redis.follows) this.#moveTo(this.#toldMaster())
  }

  #outcomeOf(number: number, redis: Redis): Write['outcome'] {
    const { promise } = this.#settings
    if (promise === 'min-replicas' && redis.state === 'up' && !redis.hasCopy(this.#nowMs))
      return 'refused'
    const taken = redis.take(number)
    if (taken === 'nobody') return redis.state === 'frozen' ? 'unanswered' : 'refused'
    if (taken === 'read-only') return 'refused'
    return promise !== 'wait' || this.#isPromised(redis) ? 'acknowledged' : 'refused'
  }

  /** A copy has it, too; or most of the Sentinels stand for this master, and see no copy of it. */
  #isPromised(redis: Redis): boolean {
    const isCopied = redisNames.some((name) => {
      const copy = this.#redis[name]
      return copy.follows === redis && copy.answers && redis.answers
    })
    const alone = this.#sentinels.filter(
      (one) => one.isUp && one.master === redis.name && one.eyes.seesNoCopyOf(redis.name),
    )
    return isCopied || alone.length > sentinelNames.length / 2
  }

  /** Of the Sentinels that it reaches, what the one with the newest knowledge says. */
  #toldMaster(): RedisName {
    const newest = this.#sentinels
      .filter(({ isUp }) => isUp)
      .toSorted((a, b) => b.configEpoch - a.configEpoch)[0]
    return newest?.master ?? this.#client
  }

  #moveTo(redis: RedisName): void {
    if (redis === this.#client) return
    this.#client = redis
    this.#say({ kind: 'moves', redis })
  }

  /** What the master has for which the newest configuration stands. */
  #keptNow(): ReadonlySet<number> {
    const newest = this.#sentinels.toSorted((a, b) => b.configEpoch - a.configEpoch)[0]!
    return this.#redis[newest.master].kept
  }

  #tally(): Tally {
    const kept = this.#keptNow()
    const count = (outcome: Write['outcome']) =>
      this.#writes.filter((write) => write.outcome === outcome).length
    const acknowledged = this.#writes.filter((write) => write.outcome === 'acknowledged')
    return {
      acknowledged: acknowledged.length,
      refused: count('refused') + count('unanswered'),
      lost: acknowledged.filter(({ number }) => !kept.has(number)).length,
    }
  }

  #say(event: FailoverEvent): void {
    this.#moments.push({ ...this.#scene(), event })
  }

  #scene(): Scene {
    const [sentinel1, sentinel2, sentinel3] = this.#sentinels.map(({ view }) => view)
    return {
      ...{ atMs: this.#nowMs, client: this.#client, isFailing: this.#isFailing },
      redis: { redis1: this.#redis.redis1.view, copy1: this.#redis.copy1.view },
      sentinels: { sentinel1: sentinel1!, sentinel2: sentinel2!, sentinel3: sentinel3! },
      tally: this.#tally(),
    }
  }
}
