import type { Cache, Cached } from './ports.ts'

export type { CacheOutcome } from './ports.ts'

interface Source<T> {
  readonly cache: Cache | undefined
  readonly key: string
  readonly ttlMs: number
  readonly load: () => Promise<T | undefined>
}

/**
 * Cache-aside: look in the cache; on a miss ask the store, and leave the answer in the cache for the
 * next one. A cache that fails costs a hit, never the page. What doesn't exist is not cached.
 */
export async function cached<T>({ cache, key, ttlMs, load }: Source<T>): Promise<Cached<T>> {
  if (!cache) return { outcome: 'bypass', value: await load() }
  let found: string | undefined
  try {
    found = await cache.get(key)
  } catch {
    return { outcome: 'bypass', value: await load() }
  }
  if (found !== undefined) return { outcome: 'hit', value: JSON.parse(found) as T }
  const value = await load()
  if (value !== undefined) await cache.set(key, JSON.stringify(value), { ttlMs }).catch(() => {})
  return { outcome: 'miss', value }
}

/** If the cache is away just now, readers see the old copy until its time to live is over. */
export async function forget(cache: Cache | undefined, ...keys: string[]): Promise<void> {
  await cache?.delete(...keys).catch(() => {})
}
