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

const logins = 'logins'

/** A command on whichever connection is given. */
export type Write = (to: Redis) => Promise<unknown>

/** A hash's field has an end of its own: a policy that evicts what has a time to live never sees it. */
export const setLogin =
  (id: string, value: string, ttlMs: number): Write =>
  (to) =>
    to.multi().hset(logins, id, value).hpexpire(logins, ttlMs, 'FIELDS', 1, id).exec()
export const deleteLogin =
  (id: string): Write =>
  (to) =>
    to.hdel(logins, id)
export const deleteKeys =
  (keys: readonly string[]): Write =>
  (to) =>
    to.unlink(...keys)

export type Client = ReturnType<typeof connect>

/** One of the Redis, by its name: be it master or copy just now. */
export function connect(name: string) {
  const redis = open(name, { commandTimeout: 400, socketTimeout: 1000 })
  // Whoever waits for a copy has a connection of their own: the next command would wait behind them.
  const careful = open(name, { commandTimeout: 1200, socketTimeout: 2000 })

  let silentSince: number | undefined
  const isHeard = () => (silentSince = undefined)
  const isSilent = () => (silentSince ??= performance.now())
  redis.on('ready', isHeard)
  setInterval(() => void redis.ping().then(isHeard, isSilent), 200).unref()

  return {
    name,
    /** Milliseconds for which it has not answered; 0 where it does. */
    silentFor: () => (silentSince === undefined ? 0 : performance.now() - silentSince + 1),
    /** Somebody has waited for it in vain. */
    isLate: () => void isSilent(),
    get: (key: string) => redis.get(key),
    getLogin: (id: string) => redis.hget(logins, id),
    /** True: the lock is ours, until `ttlMs` are over. */
    lock: async (key: string, token: string, ttlMs: number) =>
      (await redis.set(key, token, 'PX', ttlMs, 'NX')) === 'OK',
    unlock: (key: string, token: string) => redis.eval(unlockScript, 1, key, token),
    /** False: the lock is not ours any more, and nothing was done. */
    fill: async (key: string, lock: string, token: string, value: string, ttlMs: number) =>
      (await redis.eval(fillScript, 2, key, lock, token, value, ttlMs)) === 1,
    /** How many copies say within `waitMs` that they have what was written. */
    async writeAndWait(write: Write, waitMs: number): Promise<number> {
      // In one go, and so on one connection. A delete that finds nothing changes nothing, and WAIT would
      // answer for an earlier write; the counter always changes.
      const sent = [write(careful), careful.incr('waits'), careful.wait(1, waitMs)] as const
      const [, , copies] = await Promise.all(sent)
      return copies
    },
  }
}

interface Patience {
  readonly commandTimeout: number
  readonly socketTimeout: number
}

function open(name: string, patience: Patience): Redis {
  const redis = new Redis(`redis://${name}`, {
    ...patience,
    connectTimeout: 500,
    // While there is no connection a command fails at once, and is not kept for later.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    // Whoever is promoted is rid of all connections: they must be back at once.
    retryStrategy: (attempt) => Math.min(attempt * 20, 250),
  })
  // Without a listener, ioredis writes each failed attempt to the log.
  redis.on('error', () => {})
  return redis
}
