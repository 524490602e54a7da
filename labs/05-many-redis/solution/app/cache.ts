import { decode, encode } from './encoding.ts'
import { createHotKeys } from './hot-keys.ts'
import { createTogether, fetchOnce, type Found, type Load, lockKey, pageKey } from './loading.ts'
import { openRow } from './row.ts'

/** What Teahouse gives. */
interface Forum {
  /** All Redis: `redis://redis3,redis1*2`. */
  readonly redisUrl: string
  /** This server's name. */
  readonly server: string
  /** The numbers of all topics, asked of the database. */
  readonly topicIds: () => Promise<readonly number[]>
}

interface Session {
  readonly user: string
}

const listName = 'topics'

export function openCache({ redisUrl, topicIds }: Forum) {
  const row = openRow(redisUrl)
  const hotKeys = createHotKeys()
  const together = createTogether()

  async function read<T>(name: string, load: Load<T>): Promise<Found<T>> {
    const bypass = async (): Promise<Found<T>> => ({ outcome: 'bypass', value: await load() })
    hotKeys.count(name)
    // A copy is filled as the page at home is, with a lock beside it. So a change ends both.
    const redis = hotKeys.isHot(name) ? row.next() : row.home(name)
    try {
      const kept = await redis.get(pageKey(name))
      if (kept !== null) return { outcome: 'hit', value: decode<T>(kept) }
    } catch {
      return together.fetch(name, bypass)
    }
    return together.fetch(name, async () => {
      if (!(await mayExist(name))) return { outcome: 'hit', value: undefined }
      return fetchOnce(redis, name, load)
    })
  }

  /** A list of all topics is one key; a note for each number that is none would be a million. */
  async function mayExist(name: string): Promise<boolean> {
    const [, id] = /^topic:(\d+)$/.exec(name) ?? []
    if (id === undefined) return true
    const { value: ids = [] } = await read(listName, async () => [...(await topicIds())])
    return ids.includes(Number(id))
  }

  async function change<T>(
    names: readonly string[],
    write: () => Promise<T>,
    more: (written: T) => readonly string[] = () => [],
  ): Promise<T> {
    const written = await write()
    const created = more(written)
    const old = [...names, ...created, ...(created.length > 0 ? [listName] : [])]
    together.forget(old)
    // With its lock, so that nobody fills it who has read the database before.
    const keys = old.flatMap((name) => [pageKey(name), lockKey(name)])
    // Everywhere: it has lived elsewhere, while a server was away or before one came.
    await Promise.all(row.all().map((redis) => redis.delete(keys)))
    // Whoever has come meanwhile may have found the old one.
    together.forget(old)
    return written
  }

  const sessions = {
    async get(id: string): Promise<Session | undefined> {
      const kept = await row.home(id).logins.get(id)
      return kept === null ? undefined : decode<Session>(kept)
    },
    async set(id: string, session: Session, { ttlMs }: { readonly ttlMs: number }) {
      await row.home(id).logins.set(id, encode(session), ttlMs)
    },
    async delete(id: string) {
      await Promise.all(row.all().map((redis) => redis.logins.delete(id).catch(() => {})))
    },
  }
  return { read, change, sessions }
}
