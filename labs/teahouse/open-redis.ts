import { createRedisCache } from './adapters/redis-cache.ts'
import { connectRedis, firstContact } from './adapters/redis-client.ts'
import { createRedisSessions } from './adapters/redis-sessions.ts'
import type { Cache, Sessions } from './ports.ts'

interface Options {
  readonly url: string
  readonly log: (line: string) => void
}

/** Cache and sessions on one connection. Apart from the rest: who has no Redis needs no driver. */
export async function openRedis(options: Options): Promise<{ cache: Cache; sessions: Sessions }> {
  const redis = connectRedis(options)
  await firstContact(redis, { waitMs: 2000 })
  return { cache: createRedisCache(redis), sessions: createRedisSessions(redis) }
}
