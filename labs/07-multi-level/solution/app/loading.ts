import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { decode, encode } from './encoding.ts'
import type { Client } from './redis-client.ts'

/** `hit`: kept. `miss`: loaded, and kept from now on. `bypass`: loaded, past a cache that is away. */
export interface Found<T> {
  readonly outcome: 'hit' | 'miss' | 'bypass'
  /** Undefined: there is no such thing. */
  readonly value: T | undefined
}

export type Load<T> = () => Promise<T | undefined>

export const pageKey = (name: string) => `page:${name}`
export const lockKey = (name: string) => `lock:${name}`

/** A page is kept for two minutes, more or less: what was filled together does not end together. */
const pageTtl = () => 110_000 + Math.random() * 20_000
/** What does not exist may soon exist. */
const absentTtl = 2000
/** Longer than most loads, and short enough to wait for when its holder has died. */
const lockTtl = 600
const patience = 1500

/** One of all servers loads; the others look every 40 ms whether it is there. */
export async function fetchOnce<T>(redis: Client, name: string, load: Load<T>): Promise<Found<T>> {
  const [page, lock, token] = [pageKey(name), lockKey(name), randomUUID()]
  const until = performance.now() + patience
  let failed: unknown
  const loadLocked = () =>
    load().catch(async (error: unknown) => {
      failed = error
      await redis.unlock(lock, token).catch(() => {})
      throw error
    })
  try {
    while (performance.now() < until) {
      const isOurs = await redis.lock(lock, token, lockTtl)
      if (!isOurs) await pause(40)
      // Even with the lock in hand: another may have filled it since we looked.
      const kept = await redis.get(page)
      if (kept !== null) {
        if (isOurs) await redis.unlock(lock, token).catch(() => {})
        return { outcome: 'hit', value: decode<T>(kept) }
      }
      if (!isOurs) continue
      const value = await loadLocked()
      const ttl = Math.round(value === undefined ? absentTtl : pageTtl())
      // False: it has changed meanwhile, or took too long. What we have may be old: once more.
      const filling = redis.fill(page, lock, token, encode(value), ttl)
      const isKept = await filling.catch(() => undefined)
      if (isKept !== false) return { outcome: isKept ? 'miss' : 'bypass', value }
    }
  } catch (error) {
    if (error === failed) throw error
  }
  return { outcome: 'bypass', value: await load() }
}

/** What was found, and when: nothing that was answered before `asOf`, by performance.now(), is missing. */
export interface Dated<T> {
  readonly found: Found<T>
  readonly asOf: number
}

/** What several readers of this server want at the same time, one of them fetches. */
export function createTogether() {
  const flights = new Map<string, Promise<Dated<unknown>>>()
  const underWay = <T>(name: string) => flights.get(name) as Promise<Dated<T>> | undefined

  function begin<T>(name: string, fetch: () => Promise<Dated<T>>): Promise<Dated<T>> {
    const flight = fetch().finally(() => flights.delete(name))
    flights.set(name, flight)
    return flight
  }

  return {
    async fetch<T>(name: string, fetch: () => Promise<Dated<T>>): Promise<Found<T>> {
      const came = performance.now()
      // If it fails, that is another's failure.
      const before = await underWay<T>(name)?.catch(() => undefined)
      if (before && before.asOf >= came) return before.found
      // What we had to wait for may be older than we are. The next one is not, whoever begins it.
      return (await (underWay<T>(name) ?? begin(name, fetch))).found
    },
  }
}
