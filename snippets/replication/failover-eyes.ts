import type { Redis } from './failover-redis.ts'
import {
  redisNames,
  type FailoverEvent,
  type FailoverSettings,
  type RedisName,
  type SentinelName,
} from './failover-story.ts'
import { isSubjectivelyDown } from './sentinels.ts'

/** Sentinel's own periods; a ping is sent more often only if `down-after-milliseconds` is less. */
const [pingMs, infoMs] = [1000, 10_000]
/** A copy that says it is a master is made a copy again when it has said so for so long. */
const convertAfterMs = 8000

/** What one Sentinel knows of one Redis. */
interface Watch {
  pingedAt: number
  answeredAt: number
  unansweredSince: number | undefined
  isDown: boolean
  /** Since when it has been down, or well. */
  changedAt: number
  askedInfoAt: number
  /** Since when it has said that it is a master, though it should be a copy. */
  claimsSince: number | undefined
}

export interface Surroundings {
  readonly settings: FailoverSettings
  readonly redis: Readonly<Record<RedisName, Redis>>
  readonly say: (event: FailoverEvent) => void
}

export const otherThan = (name: RedisName): RedisName => (name === 'redis1' ? 'copy1' : 'redis1')

/** How a Sentinel sees the two Redis: by pings, and by what `INFO` says. */
export class Eyes {
  readonly #name: SentinelName
  readonly #around: Surroundings
  readonly #watches: ReadonlyMap<RedisName, Watch>

  constructor(name: SentinelName, around: Surroundings) {
    this.#name = name
    this.#around = around
    const lateMs = Math.round(around.settings.chance[name] * this.#pingPeriod)
    const watch = (): Watch => ({
      ...{ pingedAt: lateMs - this.#pingPeriod, answeredAt: 0, unansweredSince: undefined },
      ...{ isDown: false, changedAt: 0, askedInfoAt: lateMs - infoMs, claimsSince: undefined },
    })
    this.#watches = new Map(redisNames.map((redis) => [redis, watch()]))
  }

  get #pingPeriod(): number {
    return Math.min(pingMs, this.#around.settings.downAfterMs)
  }

  holdsDown(redis: RedisName): boolean {
    return this.#watches.get(redis)!.isDown
  }

  /** Nobody follows this master: the other one is down, or says that it is a master. */
  seesNoCopyOf(master: RedisName): boolean {
    const { isDown, claimsSince } = this.#watches.get(otherThan(master))!
    return isDown || claimsSince !== undefined
  }

  /** Who has been away knows nothing bad of anybody. */
  open(nowMs: number): void {
    for (const watch of this.#watches.values())
      Object.assign(watch, { answeredAt: nowMs, unansweredSince: undefined, isDown: false })
  }

  /** There is another master: who should follow it is asked at once whether it does. */
  turnTo(master: RedisName): void {
    this.#watches.get(otherThan(master))!.askedInfoAt = -Infinity
  }

  look(nowMs: number, master: RedisName): void {
    for (const name of redisNames) {
      this.#ping(name, nowMs)
      if (this.#around.redis[name].answers && !this.holdsDown(name))
        this.#readInfo(name, nowMs, master)
    }
  }

  #ping(name: RedisName, nowMs: number): void {
    const watch = this.#watches.get(name)!
    const { settings, redis, say } = this.#around
    if (nowMs - watch.pingedAt >= this.#pingPeriod) {
      watch.pingedAt = nowMs
      if (redis[name].answers)
        Object.assign(watch, { answeredAt: nowMs, unansweredSince: undefined })
      else watch.unansweredSince ??= nowMs
    }
    // Its connection is closed: it has been away since its last answer.
    if (redis[name].state === 'killed') watch.unansweredSince ??= watch.answeredAt
    const isDown = isSubjectivelyDown(watch.unansweredSince, nowMs, settings.downAfterMs)
    if (isDown === watch.isDown) return
    Object.assign(watch, { isDown, changedAt: nowMs, claimsSince: undefined })
    say({ kind: isDown ? '+sdown' : '-sdown', sentinel: this.#name, redis: name })
  }

  /** Who should be a copy, and says again and again that it is a master, is made a copy. */
  #readInfo(name: RedisName, nowMs: number, masterName: RedisName): void {
    const watch = this.#watches.get(name)!
    if (nowMs - watch.askedInfoAt < infoMs) return
    watch.askedInfoAt = nowMs
    const redis = this.#around.redis[name]
    if (name === masterName || redis.follows) return void (watch.claimsSince = undefined)
    watch.claimsSince ??= nowMs
    if (nowMs - Math.max(watch.claimsSince, watch.changedAt) < convertAfterMs) return
    const master = this.#around.redis[masterName]
    if (this.holdsDown(masterName) || !master.answers || master.follows) return
    redis.becomeCopyOf(master)
    this.#around.say({ kind: '+convert-to-slave', sentinel: this.#name, redis: name })
  }
}
