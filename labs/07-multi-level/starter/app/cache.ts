import { decode, encode } from './encoding.ts'
import { createInProcess } from './in-process.ts'
import { createLevels } from './levels.ts'
import type { Found, Load } from './loading.ts'
import { openMain } from './main-level.ts'
import { openNear } from './near.ts'
import { namesIn } from './servers.ts'

/** What Teahouse gives. */
interface Forum {
  /** The main level: `redis://redis1,copy1`. */
  readonly redisUrl: string
  /** The numbers of all topics, asked of the database. */
  readonly topicIds: () => Promise<readonly number[]>
}

interface Session {
  readonly user: string
}

export function openCache({ redisUrl, topicIds }: Forum) {
  const main = openMain(namesIn(redisUrl))
  const near = openNear(namesIn(process.env.NEAR_URL), main)
  const levels = createLevels({ near, main, topicIds })
  const own = createInProcess(main.changes)

  async function read<T>(name: string, load: Load<T>): Promise<Found<T>> {
    const kept = own.get<T>(name)
    if (kept !== undefined) return { outcome: 'hit', value: kept }
    const since = main.changes()
    const found = await levels.read(name, load)
    own.keep(name, found.value, since)
    return found
  }

  async function change<T>(
    names: readonly string[],
    write: () => Promise<T>,
    more: (written: T) => readonly string[] = () => [],
  ): Promise<T> {
    const written = await write()
    const created = more(written)
    if (created.length > 0) await levels.forgetNew([...names, ...created])
    else await levels.forget(names)
    return written
  }

  const sessions = {
    async get(id: string): Promise<Session | undefined> {
      const kept = await main.logins.get(id)
      return kept === null ? undefined : decode<Session>(kept)
    },
    async set(id: string, session: Session, { ttlMs }: { readonly ttlMs: number }) {
      await main.logins.set(id, encode(session), ttlMs)
    },
    async delete(id: string) {
      await main.logins.delete(id)
    },
  }
  return { read, change, sessions }
}
