import { decode, encode } from './encoding.ts'
import { openHalf } from './half.ts'
import { createHomes } from './homes.ts'
import { createTogether, fetchOnce, type Found, type Load, lockKey, pageKey } from './loading.ts'
import { createDuties, isPromised } from './promises.ts'
import { deleteKeys, deleteLogin, setLogin } from './redis-client.ts'
import { watchSentinels } from './sentinels.ts'
import { halves } from './servers.ts'

/** What Teahouse gives. */
interface Forum {
  /** The numbers of all topics, asked of the database. */
  readonly topicIds: () => Promise<readonly number[]>
}

interface Session {
  readonly user: string
}

const listName = 'topics'

export function openCache({ topicIds }: Forum) {
  const watch = watchSentinels()
  const homeOf = createHomes(
    halves.map((half) => {
      const open = openHalf(half, watch)
      return { ...open, do: createDuties(open) }
    }),
  )
  const together = createTogether()

  async function read<T>(name: string, load: Load<T>): Promise<Found<T>> {
    const bypass = async (): Promise<Found<T>> => ({ outcome: 'bypass', value: await load() })
    const half = homeOf(name)
    try {
      const kept = await half.read((redis) => redis.get(pageKey(name)))
      if (kept !== null) return { outcome: 'hit', value: decode<T>(kept) }
    } catch {
      return together.fetch(name, bypass)
    }
    const master = half.master()
    if (master.silentFor() > 0) return together.fetch(name, bypass)
    return together.fetch(name, async () => {
      if (!(await mayExist(name))) return { outcome: 'hit', value: undefined }
      return fetchOnce(master, name, load)
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
    const forget = (name: string) =>
      homeOf(name).do(name, deleteKeys([pageKey(name), lockKey(name)]))
    await Promise.all(old.map(forget))
    // Whoever has come meanwhile may have found the old one.
    together.forget(old)
    return written
  }

  const sessions = {
    async get(id: string): Promise<Session | undefined> {
      const kept = await homeOf(id).read((redis) => redis.getLogin(id))
      return kept === null ? undefined : decode<Session>(kept)
    },
    async set(id: string, session: Session, { ttlMs }: { readonly ttlMs: number }) {
      const write = setLogin(id, encode(session), ttlMs)
      const isKept = () => isPromised(homeOf(id), write).catch(() => false)
      // Twice: a copy may have been slow. Whoever is told "you are signed in" must still be so tomorrow.
      if (!(await isKept()) && !(await isKept())) throw new Error('No promise can be given.')
    },
    async delete(id: string) {
      await homeOf(id).do(id, deleteLogin(id))
    },
  }
  return { read, change, sessions }
}
