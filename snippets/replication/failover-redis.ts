import type { Disturbance, RedisName, RedisView } from './failover-story.ts'
import {
  createMaster,
  createReplica,
  demote,
  promote,
  psync,
  restart,
  resynced,
  write,
  type Master,
  type Replica,
  type Resync,
} from './replication.ts'

/** What a write is in the stream, bytes. */
const writeBytes = 60
/** A copy says every second how far it is: `REPLCONF ACK`. */
const acknowledgesMs = 1000
/** `min-replicas-max-lag`, seconds in Redis, where the default is 10. */
const maxLagMs = 1000

/** One of the two Redis. */
export class Redis {
  readonly name: RedisName
  state: RedisView['state'] = 'up'
  isSplit = false
  role: Master | Replica
  /** The numbers of the writes that it has. */
  kept: ReadonlySet<number> = new Set()
  /** Its master; undefined: it is one. */
  follows: Redis | undefined
  #isLinked = false
  #copySpokeAt = -Infinity
  #lives = 1

  constructor(name: RedisName) {
    this.name = name
    this.role = createMaster({ id: name })
  }

  get view(): RedisView {
    const role = this.follows ? 'copy' : 'master'
    return { state: this.state, isSplit: this.isSplit, role, offset: this.role.offset }
  }

  /** Whether other servers, but not the client, get answers from it. */
  get answers(): boolean {
    return this.state === 'up' && !this.isSplit
  }

  suffer(does: Disturbance['does']): void {
    if (does === 'split') this.isSplit = true
    else if (does !== 'back') this.state = does
    else {
      if (this.state === 'killed') this.#startAnew()
      this.state = 'up'
      this.isSplit = false
    }
  }

  /** Its configuration says whose copy it is, even if its memory is empty. */
  #startAnew(): void {
    this.kept = new Set()
    this.#isLinked = false
    this.role = this.follows ? createReplica() : restart(this.role, `${this.name}-${++this.#lives}`)
  }

  /** Without an answer if it is not up: the client waits. */
  take(number: number): 'taken' | 'read-only' | 'nobody' {
    if (this.state !== 'up') return 'nobody'
    if (this.follows) return 'read-only'
    this.role = write(this.role, writeBytes)
    this.kept = new Set([...this.kept, number])
    return 'taken'
  }

  /** Whether a copy has spoken within `min-replicas-max-lag`. */
  hasCopy(nowMs: number): boolean {
    return nowMs - this.#copySpokeAt <= acknowledgesMs + maxLagMs
  }

  /** A few milliseconds of replication; what a copy and its master agreed on, if they had to meet anew. */
  copy(nowMs: number): Resync | undefined {
    const master = this.follows
    if (!master) return undefined
    if (master.state === 'killed' || this.state === 'killed') {
      this.#isLinked = false
      master.#copySpokeAt = -Infinity
    }
    if (!master.answers || !this.answers) return undefined
    const source = master.role as Master
    const answer =
      this.#isLinked && this.role.id === source.id ? undefined : psync(source, this.role)
    this.role = answer
      ? resynced(source, this.role)
      : write(this.role, source.offset - this.role.offset)
    this.kept = master.kept
    this.#isLinked = true
    if (answer || nowMs % acknowledgesMs === 0) master.#copySpokeAt = nowMs
    return answer
  }

  promote(epoch: number): void {
    this.role = promote(this.role, `${this.name}-epoch-${epoch}`)
    this.follows = undefined
    this.#copySpokeAt = -Infinity
  }

  becomeCopyOf(master: Redis): void {
    if (!this.follows) this.role = demote(this.role as Master)
    this.follows = master
    this.#isLinked = false
  }
}
