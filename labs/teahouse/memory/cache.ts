import type { Cache, Clock } from '../ports.ts'

interface Options {
  readonly clock: Clock
  /** Entries; the one written longest ago makes room. */
  readonly capacity?: number
}

export function createMemoryCache({ clock, capacity = 1000 }: Options): Cache {
  const entries = new Map<string, { value: string; expiresAt: number }>()
  return {
    async get(key) {
      const entry = entries.get(key)
      if (!entry) return undefined
      if (clock() < entry.expiresAt) return entry.value
      entries.delete(key)
      return undefined
    },
    async set(key, value, { ttlMs }) {
      entries.delete(key) // a Map keeps the order of first insertion
      entries.set(key, { value, expiresAt: clock() + ttlMs })
      if (entries.size > capacity) entries.delete(entries.keys().next().value ?? key)
    },
    async delete(...keys) {
      for (const key of keys) entries.delete(key)
    },
  }
}
