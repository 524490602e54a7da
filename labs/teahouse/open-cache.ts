import { EnvError } from './env.ts'
import type { ForumCache, OpenCache } from './ports.ts'

const wanted = ['read', 'change', 'sessions.get', 'sessions.set', 'sessions.delete']

/** The reader's cache. Throws `EnvError` where what they return is none, and says what it lacks. */
export async function openCache(
  open: OpenCache,
  forum: Parameters<OpenCache>[0],
): Promise<ForumCache> {
  const cache: unknown = await open(forum)
  const lacking = wanted.filter((name) => typeof at(cache, name) !== 'function')
  if (lacking.length === 0) return cache as ForumCache
  const returned =
    cache === undefined || cache === null
      ? `returned ${String(cache)}`
      : `returned something without ${lacking.join(', ')}`
  throw new EnvError(
    `openCache ${returned}, but Teahouse needs { read, change, sessions: { get, set, delete } }, all of them functions`,
  )
}

/** `sessions.get`: the property of a property. */
const at = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((found, name) => (found as Record<string, unknown> | undefined)?.[name], value)
