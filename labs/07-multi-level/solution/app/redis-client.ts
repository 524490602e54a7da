import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'

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

/** What is there; else 1, and the lock is ours, or 0, and it is another's. */
const leaseScript = `
local kept = redis.call('GET', KEYS[1])
if kept then return kept end
if redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
return 0`

export type Client = ReturnType<typeof connect>

/** Milliseconds that a Redis has for its answer. */
interface Patience {
  readonly asked: number
  /** Who changes something waits otherwise than who reads. */
  readonly told: number
}

/** One of the Redis, by its name. */
export function connect(name: string, patience: Patience) {
  const asked = open(name, patience.asked)
  const told = open(name, patience.told)

  let isSilent = true
  const isHeard = () => void (isSilent = false)
  const isLate = () => void (isSilent = true)
  asked.on('ready', isHeard)
  asked.on('close', isLate)
  setInterval(() => void asked.ping().then(isHeard, isLate), 200).unref()

  return {
    name,
    asked,
    told,
    /** No answer to a reading, or to the last ping: nobody waits for it again. */
    isSilent: () => isSilent,
    isHeard,
    isLate,
    /**
     * What must not be left unsaid. Its connection may have been lost unnoticed, while others hear this
     * Redis well: then it is said again, so it must be no harm to say it twice.
     */
    async tell<T>(say: (told: Redis) => Promise<T>): Promise<T> {
      const until = performance.now() + patience.told
      for (;;) {
        try {
          const said = await say(told)
          isHeard()
          return said
        } catch (error) {
          if (isSilent || performance.now() >= until) throw error
          await pause(50)
        }
      }
    },
    async get(key: string): Promise<string | null> {
      try {
        return await asked.get(key)
      } catch (error) {
        isLate()
        throw error
      }
    },
    /** True: the lock is ours, until `ttlMs` are over. */
    lock: async (key: string, token: string, ttlMs: number) =>
      (await asked.set(key, token, 'PX', ttlMs, 'NX')) === 'OK',
    unlock: (key: string, token: string) => asked.eval(unlockScript, 1, key, token),
    /** What is there. 1: nothing, and the lock is ours, until `ttlMs` are over; 0: it is another's. */
    lease: async (key: string, lock: string, token: string, ttlMs: number) =>
      (await asked.eval(leaseScript, 2, key, lock, token, ttlMs)) as string | 0 | 1,
    /** False: the lock is not ours any more, and nothing was done. */
    fill: async (key: string, lock: string, token: string, value: string, ttlMs: number) =>
      (await asked.eval(fillScript, 2, key, lock, token, value, ttlMs)) === 1,
  }
}

function open(name: string, commandTimeout: number): Redis {
  const redis = new Redis(`redis://${name}`, {
    commandTimeout,
    connectTimeout: 500,
    // A link that was cut says nothing. Give up on it, and dial again.
    socketTimeout: 1500,
    // While there is no connection a command fails at once, and is not kept for later.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 50, 200),
  })
  // Without a listener, ioredis writes each failed attempt to the log.
  redis.on('error', () => {})
  return redis
}
