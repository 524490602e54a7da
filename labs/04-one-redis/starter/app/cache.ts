import { decode, encode } from './encoding.ts'
import { fetchOnce, type Found, type Load, pageKey } from './loading.ts'
import { connect } from './redis-client.ts'

/** What Teahouse gives. */
interface Forum {
  readonly redisUrl: string
  /** This server's name. */
  readonly server: string
  /** The numbers of all topics, asked of the database. */
  readonly topicIds: () => Promise<readonly number[]>
}

interface Session {
  readonly user: string
}

const sessionKey = (id: string) => `session:${id}`

export function openCache({ redisUrl }: Forum) {
  const redis = connect(redisUrl)

  /** `name` is `front` or `topic:3`. */
  async function read<T>(name: string, load: Load<T>): Promise<Found<T>> {
    // TODO task 1: topics, too.
    if (name !== 'front') return { outcome: 'bypass', value: await load() }
    const kept = await redis.get(pageKey(name))
    if (kept !== null) return { outcome: 'hit', value: decode<T>(kept) }
    // TODO task 3: ten thousand numbers that are no topic's: `topicIds` says which are.
    return fetchOnce(redis, name, load)
  }

  /** What stands under `names` changes by `write`; `more`: names that are known only afterwards. */
  async function change<T>(
    names: readonly string[],
    write: () => Promise<T>,
    more: (written: T) => readonly string[] = () => [],
  ): Promise<T> {
    // TODO task 2: what is kept under these names is old then.
    void names
    void more
    return write()
  }

  // A login is kept for a day, the same for all servers.
  const sessions = {
    async get(id: string): Promise<Session | undefined> {
      const kept = await redis.get(sessionKey(id))
      return kept === null ? undefined : decode<Session>(kept)
    },
    async set(id: string, session: Session, { ttlMs }: { readonly ttlMs: number }) {
      await redis.set(sessionKey(id), encode(session), ttlMs)
    },
    async delete(id: string) {
      await redis.delete([sessionKey(id)])
    },
  }
  return { read, change, sessions }
}
