import type { Redis, RedisOptions } from 'ioredis'
import { onTestFinished } from 'vitest'
import type { RedisServer } from './redis-servers.ts'
import { Resp3, type Said } from './resp3.ts'

export const portOf = ({ redis }: RedisServer): number => redis.options.port!

/** A further connection by RESP2, which does not come back. */
export async function another(server: RedisServer, options: RedisOptions = {}): Promise<Redis> {
  const redis = server.redis.duplicate({ enableAutoPipelining: false, ...options })
  redis.on('error', () => {})
  onTestFinished(() => redis.disconnect())
  await redis.connect()
  return redis
}

/** A connection that reads, and is told by RESP3 what has changed. */
export class Tracker {
  readonly #connection: Resp3
  #told: string[] = []

  private constructor(connection: Resp3) {
    this.#connection = connection
    connection.onPush = ([kind, keys]) => {
      if (kind === 'invalidate') this.#told.push(...namesOf(keys!))
    }
  }

  /** `how`: what is written behind CLIENT TRACKING ON. */
  static async open(server: RedisServer, ...how: readonly string[]): Promise<Tracker> {
    const connection = await Resp3.open(portOf(server))
    await connection.call('CLIENT', 'TRACKING', 'ON', ...how)
    return new Tracker(connection)
  }

  read(key: string): Promise<Said> {
    return this.#connection.call('GET', key)
  }

  /** What it has been told since this was last asked. */
  async told(): Promise<readonly string[]> {
    // Redis keeps the order: what was changed before comes before the answer.
    await this.#connection.call('PING')
    const told = this.#told.sort()
    this.#told = []
    return told
  }
}

/** The keys in a message; without any it is about everything. */
export const everything = '(everything)'
export const namesOf = (keys: Said): readonly string[] =>
  Array.isArray(keys) ? keys.map(String) : [everything]
