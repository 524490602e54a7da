import { cached, forget } from './cached.ts'
import { withDates, withTimes } from './dated.ts'
import type { House } from './house.ts'
import type { Cached } from './ports.ts'

const keyOf = (name: string) => `teahouse:${name}`

/** What the house keeps under this name, in a cache of a reader's or in its own. */
export async function readKept<T>(
  house: House,
  name: string,
  load: () => Promise<T | undefined>,
): Promise<Cached<T>> {
  const { cache, forumCache, cacheTtlMs = 30_000 } = house
  if (!forumCache) return cached({ cache, key: keyOf(name), ttlMs: cacheTtlMs, load })
  const { outcome, value } = await forumCache.read(name, async () => withDates(await load()))
  return { outcome, value: (withTimes(value) ?? undefined) as T | undefined }
}

/** Writes, and sees to it that nothing old is kept under these names. Undefined: nothing was written. */
export async function writeKept<T>(
  house: House,
  names: readonly string[],
  write: () => Promise<T>,
  more: (written: T) => readonly string[] = () => [],
): Promise<T> {
  if (house.forumCache) return house.forumCache.change(names, write, more)
  const written = await write()
  // Write first, forget second: the other way round, a reader in between would cache the old page.
  if (written !== undefined) await forget(house.cache, ...names.map(keyOf))
  return written
}
