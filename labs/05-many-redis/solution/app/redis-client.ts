import { Redis } from 'ioredis'
import type { Server } from './servers.ts'

/** Whoever holds a key's lock may fill it, and nobody else. A change ends the lock with the page. */
const fillScript = `
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
redis.call('DEL', KEYS[2])
return 1`

/** Only the holder's own lock: another may have it by now. */
const unlockScript = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`

const logins = 'logins'

export type Client = ReturnType<typeof connect>

/** One of the Redis, and what this web server believes of it. */
export function connect({ url }: Pick<Server, 'url'>) {
  const redis = new Redis(url, {
    commandTimeout: 400,
    connectTimeout: 1000,
    // A link that was cut says nothing. Give up on it, and dial again.
    socketTimeout: 1500,
    // While there is no connection a command fails at once, and is not kept for later.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 100, 500),
  })
  // Without a listener, ioredis writes each failed attempt to the log.
  redis.on('error', () => {})

  let isAway = false
  redis.on('close', () => {
    isAway = true
  })
  // What was changed meanwhile was not deleted here: it comes back empty, or not at all.
  redis.on('ready', async () => {
    try {
      if (isAway) await redis.flushall()
      isAway = false
    } catch {
      redis.disconnect(true)
    }
  })
  // Both web servers shall notice, whoever of them is asked for something.
  setInterval(() => void redis.ping().catch(() => {}), 250).unref()

  return {
    isAway: () => isAway,
    get: (key: string) => redis.get(key),
    /** Whoever has missed a delete is away, until it has been emptied. */
    async delete(keys: readonly string[]) {
      try {
        await redis.unlink(...keys)
      } catch {
        isAway = true
        if (redis.status === 'ready') redis.disconnect(true)
      }
    },
    /** True: the lock is ours, until `ttlMs` are over. */
    lock: async (key: string, token: string, ttlMs: number) =>
      (await redis.set(key, token, 'PX', ttlMs, 'NX')) === 'OK',
    unlock: (key: string, token: string) => redis.eval(unlockScript, 1, key, token),
    /** False: the lock is not ours any more, and nothing was done. */
    fill: async (key: string, lock: string, token: string, value: string, ttlMs: number) =>
      (await redis.eval(fillScript, 2, key, lock, token, value, ttlMs)) === 1,
    // Fields of one hash, each with an end of its own: a policy that evicts what has a time to live
    // never sees the hash.
    logins: {
      get: (id: string) => redis.hget(logins, id),
      set: (id: string, value: string, ttlMs: number) =>
        redis.multi().hset(logins, id, value).hpexpire(logins, ttlMs, 'FIELDS', 1, id).exec(),
      delete: (id: string) => redis.hdel(logins, id),
    },
  }
}
