import { Redis } from 'ioredis'

export function connect(url: string) {
  // TODO task 6: how long does a page wait for a Redis that says nothing?
  const redis = new Redis(url)
  redis.on('error', () => {})
  return {
    get: (key: string) => redis.get(key),
    set: (key: string, value: string, ttlMs: number) => redis.set(key, value, 'PX', ttlMs),
    delete: (keys: readonly string[]) => redis.unlink(...keys),
    // TODO tasks 2 and 5: who may fill a key, and for how long has that reader the key alone?
  }
}
