import { randomUUID } from 'node:crypto'
import { type Client, connect } from './redis-client.ts'

/** A reader goes on to the copy soon. A change has time: where it is not deleted, it is seen by all. */
const patience = { asked: 130, told: 1500 }
/** Milliseconds between two looks at what all web servers must know. */
const interval = 40
/** For so long they go by what they have seen; after that, they ask no group. */
const current = 220
/** After so long nobody goes by what stood there before. */
export const knownToAll = current + 20

/** Group → its generation, a word that all its keys begin with. Who has none is asked by nobody. */
export type Groups = Readonly<Record<string, string>>

/** One hash for all: the groups, and how many changes there were. */
const boardKey = 'board'
const readBoard = ({ changes = '', ...groups }: Record<string, string>) => ({ groups, changes })

const logins = 'logins'

export type Main = ReturnType<typeof openMain>

/** The main level: a master, and its copy. Their parts are fixed. */
export function openMain([first = '', second = '']: readonly string[]) {
  const [master, copy] = [connect(first, patience), connect(second, patience)]
  let [groups, changes, askedAt]: [Groups, string, number] = [{}, '', -Infinity]

  async function look(): Promise<void> {
    const now = performance.now()
    ;({ groups, changes } = readBoard(await master.asked.hgetall(boardKey)))
    askedAt = now
  }
  setInterval(() => void look().then(master.isHeard, master.isLate), interval).unref()

  /** The master. Its copy, where it does not answer: what it lacks, its copy lacks as well. */
  async function read<T>(ask: (redis: Client) => Promise<T>): Promise<T> {
    for (const redis of [master, copy].filter((one) => !one.isSilent())) {
      try {
        return await ask(redis)
      } catch {
        // The other has the same.
      }
    }
    throw new Error('The main level is away.')
  }

  return {
    master,
    read,
    isAway: () => master.isSilent(),
    groups: () => groups,
    /** Whether we know which groups may be asked; while the master is away nobody can change that. */
    isCurrent: () => master.isSilent() || performance.now() - askedAt < current,
    /** Counts all changes. */
    changes: () => changes,
    /** On the connection that looks: what it has seen before is not taken for news. */
    async countChange(): Promise<void> {
      changes = String(await master.asked.hincrby(boardKey, 'changes', 1))
    },
    /** Deletes, and says who else has to be told, at this very moment. */
    async forget(keys: readonly string[]): Promise<Groups> {
      if (master.isSilent()) throw new Error('The master is away.')
      const replies = await master.told
        .multi()
        .unlink(...keys)
        .hgetall(boardKey)
        .exec()
      return readBoard(replies![1]![1] as Record<string, string>).groups
    },
    /** A generation that never was: what it may still know is asked for by nobody. */
    admit: (group: string) => master.asked.hsetnx(boardKey, group, randomUUID()),
    dismiss: (names: readonly string[]) => master.told.hdel(boardKey, ...names),
    // Fields of one hash, each with an end of its own: a policy that evicts what has a time to live
    // never sees the hash.
    logins: {
      get: (id: string) => read((redis) => redis.asked.hget(logins, id)),
      set: (id: string, value: string, ttlMs: number) =>
        master.told.multi().hset(logins, id, value).hpexpire(logins, ttlMs, 'FIELDS', 1, id).exec(),
      delete: (id: string) => master.told.hdel(logins, id),
    },
  }
}
