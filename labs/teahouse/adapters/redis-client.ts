import { Redis } from 'ioredis'

interface Options {
  readonly url: string
  readonly log: (line: string) => void
}

/**
 * One connection for the cache and the sessions. A cache that can't answer quickly is worse than
 * none, so every wait here is short, and nothing is queued for later.
 */
export function connectRedis({ url, log }: Options): Redis {
  const redis = new Redis(url, {
    commandTimeout: 250,
    connectTimeout: 1000,
    // A link that was cut in silence says nothing for minutes. Give up on it, and dial again.
    socketTimeout: 1000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    enableAutoPipelining: true,
    retryStrategy: (attempt) => Math.min(attempt * 100, 1000),
  })
  let isAway = false
  redis.on('ready', () => {
    isAway = false
    log(`redis answers at ${redis.options.host}:${redis.options.port}`)
  })
  redis.on('error', (error: Error & { code?: string }) => {
    if (isAway) return // once for each absence, not once for each attempt
    isAway = true
    log(`redis is away (${error.code ?? error.message}); going on without it`)
  })
  return redis
}

/** So that the first request already finds the cache. Bounded: Teahouse also opens without it. */
export async function firstContact(redis: Redis, { waitMs }: { waitMs: number }): Promise<void> {
  if (redis.status === 'ready') return
  let timer: NodeJS.Timeout | undefined
  await new Promise<void>((resolve) => {
    timer = setTimeout(resolve, waitMs)
    redis.once('ready', resolve)
  })
  clearTimeout(timer)
}
