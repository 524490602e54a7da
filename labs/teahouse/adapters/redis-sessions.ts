import type { Redis } from 'ioredis'
import type { Session, Sessions } from '../ports.ts'

const keyOf = (id: string) => `teahouse:session:${id}`

/** Sessions that every server can read: it no longer matters which of them answers. */
export function createRedisSessions(redis: Redis): Sessions {
  return {
    async get(id) {
      const found = await redis.get(keyOf(id))
      return found === null ? undefined : (JSON.parse(found) as Session)
    },
    async set(id, session, { ttlMs }) {
      await redis.set(keyOf(id), JSON.stringify(session), 'PX', ttlMs)
    },
    async delete(id) {
      await redis.del(keyOf(id))
    },
  }
}
