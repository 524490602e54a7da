import type { Ballot } from './sentinels.ts'
import type { Resync } from './replication.ts'

/** The master, and its copy. */
export type RedisName = 'redis1' | 'copy1'
export type SentinelName = 'sentinel1' | 'sentinel2' | 'sentinel3'
export type ServerName = RedisName | SentinelName

export const redisNames: readonly RedisName[] = ['redis1', 'copy1']
export const sentinelNames: readonly SentinelName[] = ['sentinel1', 'sentinel2', 'sentinel3']

/** When the client may say “it is kept”. */
export type Promising =
  /** As soon as the master has answered. */
  | 'at-once'
  /** The master answers with an error while no copy has spoken for a second: `min-replicas-to-write 1`. */
  | 'min-replicas'
  /** When the copy has it, too (`WAIT 1`); or if the Sentinels have given the copy up. */
  | 'wait'

export interface FailoverSettings {
  /** `down-after-milliseconds` */
  readonly downAfterMs: number
  readonly quorum: number
  /** `failover-timeout`: a second attempt waits for twice as long. */
  readonly failoverTimeoutMs: number
  readonly promise: Promising
  /** Whether the client is told by the Sentinels (`+switch-master`), or asks only when its connection fails. */
  readonly isTold: boolean
  /** How much of its timer's period each Sentinel is late, 0 to 1: chance, which parts them. */
  readonly chance: Readonly<Record<SentinelName, number>>
}

export const usualSettings: FailoverSettings = {
  ...{ downAfterMs: 1000, quorum: 2, failoverTimeoutMs: 2000, promise: 'at-once', isTold: true },
  chance: { sentinel1: 0.3, sentinel2: 0.55, sentinel3: 0.8 },
}

/**
 * `killed`: gone, with all that it had in memory. `frozen`: it answers nobody, and forgets nothing.
 * `split`: only the client reaches it. `back`: whatever it was, it is well again.
 */
export type Disturbance = {
  readonly atMs: number
  readonly server: ServerName
  readonly does: 'killed' | 'frozen' | 'split' | 'back'
}

/** As Sentinel's log names them; and what Redis and the client do. */
export type FailoverEvent =
  | { readonly kind: 'disturbed'; readonly by: Disturbance }
  | {
      readonly kind: '+sdown' | '-sdown' | '-odown' | '+switch-master' | '+convert-to-slave'
      readonly sentinel: SentinelName
      readonly redis: RedisName
    }
  | {
      readonly kind: '+odown'
      readonly sentinel: SentinelName
      readonly redis: RedisName
      readonly opinions: number
    }
  | {
      readonly kind: '+try-failover' | '+elected-leader' | '-failover-abort-not-elected'
      readonly sentinel: SentinelName
      readonly epoch: number
    }
  | { readonly kind: '+vote-for-leader'; readonly sentinel: SentinelName; readonly ballot: Ballot }
  | { readonly kind: '-failover-abort-no-good-slave'; readonly sentinel: SentinelName }
  | {
      readonly kind: '+selected-slave' | '+promoted-slave'
      readonly sentinel: SentinelName
      readonly redis: RedisName
    }
  /** Redis itself: `MASTER MODE enabled`. */
  | { readonly kind: 'promoted'; readonly redis: RedisName }
  | { readonly kind: 'resynced'; readonly redis: RedisName; readonly answer: Resync }
  /** The client's first write that failed, and its first that succeeded again. */
  | { readonly kind: 'fails' | 'succeeds'; readonly redis: RedisName; readonly gapMs: number }
  | { readonly kind: 'moves'; readonly redis: RedisName }

/** A Redis at one moment. */
export interface RedisView {
  readonly state: 'up' | 'killed' | 'frozen'
  readonly isSplit: boolean
  readonly role: 'master' | 'copy'
  readonly offset: number
}

/** A Sentinel at one moment. */
export interface SentinelView {
  readonly isUp: boolean
  /** Which Redis it holds for the master, and what it thinks of it. */
  readonly master: RedisName
  readonly sees: 'well' | 's_down' | 'o_down'
  readonly epoch: number
  readonly ballot: Ballot | undefined
  readonly isLeader: boolean
}

/** One attempt of the client to write; it makes one every 100 ms. */
export interface Write {
  readonly number: number
  readonly atMs: number
  readonly redis: RedisName
  readonly outcome: 'acknowledged' | 'refused' | 'unanswered'
}

export interface Tally {
  readonly acknowledged: number
  readonly refused: number
  /** Acknowledged, and not in the master for which the Sentinels stand. */
  readonly lost: number
}

/** How things stand at one moment. */
export interface Scene {
  readonly atMs: number
  readonly redis: Readonly<Record<RedisName, RedisView>>
  readonly sentinels: Readonly<Record<SentinelName, SentinelView>>
  /** Where the client writes. */
  readonly client: RedisName
  readonly isFailing: boolean
  readonly tally: Tally
}

/** Something has happened, and this is how things stand afterwards. */
export interface Moment extends Scene {
  readonly event: FailoverEvent
}

export interface FailoverStory {
  readonly start: Scene
  readonly moments: readonly Moment[]
  readonly writes: readonly (Write & { readonly isLost: boolean })[]
}
