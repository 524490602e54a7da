import { encode } from './encoding.ts'
import type { connect } from './redis-client.ts'

/** `hit`: kept. `miss`: loaded, and kept from now on. `bypass`: loaded, past a cache that is away. */
export interface Found<T> {
  readonly outcome: 'hit' | 'miss' | 'bypass'
  /** Undefined: there is no such thing. */
  readonly value: T | undefined
}

export type Load<T> = () => Promise<T | undefined>

export const pageKey = (name: string) => `page:${name}`

/** Loads what is not kept, and keeps it. */
export async function fetchOnce<T>(
  redis: ReturnType<typeof connect>,
  name: string,
  load: Load<T>,
): Promise<Found<T>> {
  // TODO task 5: fifty come here at the same time, on two servers.
  const value = await load()
  // TODO task 4: what is filled together ends together.
  await redis.set(pageKey(name), encode(value), 10_000)
  return { outcome: 'miss', value }
}
