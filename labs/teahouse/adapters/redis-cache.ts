import type { Redis } from 'ioredis'
import type { Cache } from '../ports.ts'

export function createRedisCache(redis: Redis): Cache {
  return {
    get: async (key) => (await redis.get(key)) ?? undefined,
    async set(key, value, { ttlMs }) {
      await redis.set(key, value, 'PX', ttlMs)
    },
    async delete(...keys) {
      await redis.del(...keys)
    },
  }
}
