/**
 * What master and copy keep, to be able to go on after an interruption. A place in the stream of changes
 * is an offset, in bytes; a stream has an id, because another history may have the same offsets.
 * https://redis.io/docs/latest/operate/oss_and_stack/management/replication/#how-redis-replication-works
 */
interface History {
  /** Whose history this is, `master_replid`; undefined: nobody's, it has never been told anything. */
  readonly id: string | undefined
  /** Bytes of the stream that it knows, `master_repl_offset`. */
  readonly offset: number
  /** The last bytes of the stream, so many at most, are kept to be sent again: `repl-backlog-size`. */
  readonly backlogBytes: number
  /** How many bytes of the stream went by before the first that is still kept. */
  readonly backlogFrom: number
}

export interface Master extends History {
  readonly id: string
  /** The stream of which it was a copy, until it was promoted, and how far the two are one. */
  readonly former: { readonly id: string; readonly until: number } | undefined
}

/** Redis calls it replica; until version 5, slave. */
export type Replica = History

/** `redis.conf`: 1 MiB. At least 16 KiB, and Redis may keep a block of as much more. */
const usualBacklogBytes = 2 ** 20

export interface MasterSettings {
  /** In Redis 40 random hexadecimal figures, new at every start that loads no data. */
  readonly id: string
  /** Default: 1 MiB. */
  readonly backlogBytes?: number
}

/** A master to whose stream nothing has been written yet. */
export const createMaster = ({ id, backlogBytes = usualBacklogBytes }: MasterSettings): Master => ({
  ...{ id, backlogBytes, offset: 0, backlogFrom: 0, former: undefined },
})

/** A copy that has nothing. Its own backlog is for the day on which it is promoted. */
export const createReplica = ({
  backlogBytes = usualBacklogBytes,
}: Partial<Pick<MasterSettings, 'backlogBytes'>> = {}): Replica => ({
  ...{ id: undefined, backlogBytes, offset: 0, backlogFrom: 0 },
})

// #region write
/** So many bytes more in the stream; the oldest fall out of the backlog. */
export function write<Kind extends Master | Replica>(server: Kind, bytes: number): Kind {
  const offset = server.offset + bytes
  const backlogFrom = Math.max(server.backlogFrom, offset - server.backlogBytes)
  return { ...server, offset, backlogFrom }
}
// #endregion write

/** How far a copy of the same stream is behind its master, in bytes. */
export const lagOf = (master: Master, replica: Replica): number => master.offset - replica.offset

export type Resync =
  /** `+CONTINUE`: the master sends these bytes again, out of its backlog. */
  | { readonly kind: 'partial'; readonly bytes: number }
  /** `+FULLRESYNC`: the copy forgets all it has, and is sent everything. */
  | {
      readonly kind: 'full'
      readonly why: 'nothing-known' | 'another-stream' | 'too-late' | 'ahead'
    }

// #region psync
/** What the master answers to `PSYNC id offset`, with the id and the offset that the copy knows. */
export function psync(master: Master, { id, offset }: Pick<Replica, 'id' | 'offset'>): Resync {
  if (id === undefined) return { kind: 'full', why: 'nothing-known' }
  const { former } = master
  const isFormer = id !== master.id && id === former?.id
  if (id !== master.id && !isFormer) return { kind: 'full', why: 'another-stream' }
  // What it knows beyond the parting has been written by one who is not master any more.
  if (offset > (isFormer ? former.until : master.offset)) return { kind: 'full', why: 'ahead' }
  if (offset < master.backlogFrom) return { kind: 'full', why: 'too-late' }
  return { kind: 'partial', bytes: master.offset - offset }
}
// #endregion psync

/** The copy after the master's answer: it knows all that the master knows. */
export function resynced(master: Master, replica: Replica): Replica {
  const { id, offset } = master
  const answer = psync(master, replica)
  if (answer.kind === 'partial') return { ...write(replica, answer.bytes), id }
  return { ...replica, id, offset, backlogFrom: offset }
}

// #region promote
/** `REPLICAOF NO ONE`: a stream of its own from here on; up to here it is the old one. */
export const promote = (replica: Replica, id: string): Master => ({
  ...replica,
  id,
  former: replica.id === undefined ? undefined : { id: replica.id, until: replica.offset },
})

/** `REPLICAOF other`: it will ask the other with what it knows, as if it had been a copy before. */
export const demote = ({ id, offset, backlogBytes, backlogFrom }: Master): Replica => ({
  ...{ id, offset, backlogBytes, backlogFrom },
})
// #endregion promote

/** Killed and started again, with nothing on the disk: it is another stream, and an empty one. */
export const restart = ({ backlogBytes }: History, id: string): Master =>
  createMaster({ id, backlogBytes })
