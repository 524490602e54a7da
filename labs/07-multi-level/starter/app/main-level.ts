import { type Client, connect } from './redis-client.ts'

/** A reader goes on to the copy soon. A change has time: what is not deleted, everybody goes on seeing. */
const patience = { asked: 110, told: 1500 }

const logins = 'logins'

export type Main = ReturnType<typeof openMain>

/** The main level: a master, and its copy. Their parts are fixed. */
export function openMain([first = '', second = '']: readonly string[]) {
  const [master, copy] = [connect(first, patience), connect(second, patience)]

  // TODO task 1: and where the master does not answer? The copy has the same.
  async function read<T>(ask: (redis: Client) => Promise<T>): Promise<T> {
    void copy
    return ask(master)
  }

  return {
    master,
    read,
    isAway: () => master.isSilent(),
    // TODO task 5: which group may be asked is something that both web servers must know.
    // TODO task 6: and what has changed, at the other one as well.
    /** How many changes this process has heard of. */
    changes: () => 0,
    async forget(keys: readonly string[]): Promise<void> {
      await master.tell((told) => told.unlink(...keys))
    },
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
