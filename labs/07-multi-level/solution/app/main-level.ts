import { randomUUID } from 'node:crypto'
import { type Client, connect } from './redis-client.ts'

/** A reader goes on to the copy soon. A change has time: what is not deleted, everybody goes on seeing. */
const patience = { asked: 110, told: 1500 }
/** Milliseconds between two looks at what all web servers must know. */
const interval = 40
/** For so long they go by what they have seen; after that, they ask no group. */
const current = 180
/** After so long nobody goes by what stood there before. */
export const knownToAll = current + interval + 20

/** Group → its generation, a word that all its keys begin with. Who has none is asked by nobody. */
export type Groups = Readonly<Record<string, string>>

export interface Board {
  readonly groups: Groups
  /** Milliseconds for which somebody may still go by what stood there before. */
  readonly unsettledMs: number
}

/** One hash for all: the groups, and a word that is another one after each change. */
const boardKey = 'board'
const readBoard = ({ changes = '', ...groups }: Record<string, string>) => ({ groups, changes })
/** A field that ends by itself: somebody has been taken off the board a moment ago. */
const unsettledKey = 'unsettled'

/** Takes off the board who still stands there with this word, and says so for a while. */
const dismissScript = `
for at = 1, #ARGV - 1, 2 do
  if redis.call('HGET', KEYS[1], ARGV[at]) == ARGV[at + 1] then redis.call('HDEL', KEYS[1], ARGV[at]) end
end
redis.call('HSET', KEYS[2], 'now', 1)
redis.call('HPEXPIRE', KEYS[2], ARGV[#ARGV], 'FIELDS', 1, 'now')`

/** Each with an error in front, or null: of the deletes, the board, and the field's milliseconds. */
type ForgetReplies = [unknown, [null, Record<string, string>], [null, number[]]]

const logins = 'logins'

export type Main = ReturnType<typeof openMain>

/** The main level: a master, and its copy. Their parts are fixed. */
export function openMain([first = '', second = '']: readonly string[]) {
  const [master, copy] = [connect(first, patience), connect(second, patience)]
  let [groups, word, version, lookedAt]: [Groups, string, number, number] = [{}, '', 0, -Infinity]

  async function look(): Promise<void> {
    const from = performance.now()
    try {
      const found = readBoard(await master.asked.hgetall(boardKey))
      if (found.changes !== word) version++
      ;({ groups, changes: word } = found)
      lookedAt = from
      master.isHeard()
    } catch {
      master.isLate()
      // While the master answers nobody, nobody changes the list; whoever has lost it alone may show
      // what is old. But a process that stood still has not waited for any answer: it looks first.
      const now = performance.now()
      if (now - from < patience.asked + 50) lookedAt = now
    }
  }
  setInterval(() => void look(), interval).unref()

  /** The master. Its copy, where it does not answer: what it lacks, its copy lacks as well. */
  async function read<T>(ask: (redis: Client) => Promise<T>): Promise<T> {
    for (const redis of [master, copy].filter((one) => !one.isSilent())) {
      try {
        return await ask(redis)
      } catch {
        // The next one has the same, if there is one.
      }
    }
    throw new Error('The main level is away.')
  }

  return {
    master,
    read,
    isAway: () => master.isSilent(),
    groups: () => groups,
    /** Whether we know which groups may be asked. */
    isCurrent: () => performance.now() - lookedAt < current,
    /** How many changes this process has heard of. */
    changes: () => version,
    /** Here at once, and by a new word for all who look. */
    async noteChange(): Promise<void> {
      const next = randomUUID()
      try {
        if (master.isSilent()) return
        await master.tell((told) => told.hset(boardKey, 'changes', next))
        word = next
      } finally {
        version++
      }
    },
    /** For when the master gives no answer: others may have heard of more, or of less. */
    lastBoard: (): Board => ({ groups, unsettledMs: knownToAll }),
    /** Deletes, and says who else has to be told, at this very moment. */
    async forget(keys: readonly string[]): Promise<Board> {
      const replies = await master.tell((told) =>
        told
          .multi()
          .unlink(...keys)
          .hgetall(boardKey)
          .hpttl(unsettledKey, 'FIELDS', 1, 'now')
          .exec(),
      )
      const [, [, fields], [, [left = 0]]] = replies as ForgetReplies
      const board = readBoard(fields)
      // Nothing has changed yet: the board is new, and others may go by one that was lost.
      return { groups: board.groups, unsettledMs: board.changes ? Math.max(0, left) : knownToAll }
    },
    /** A generation that never was: what it may still know is asked for by nobody. */
    admit: (group: string) => master.asked.hsetnx(boardKey, group, randomUUID()),
    dismiss: (deaf: Groups) =>
      master.tell((told) =>
        told.eval(
          dismissScript,
          ...[2, boardKey, unsettledKey, ...Object.entries(deaf).flat(), knownToAll],
        ),
      ),
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
