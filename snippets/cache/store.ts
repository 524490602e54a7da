import type { Entry } from './entry.ts'

/** A store in the process answers at once, one behind a network later. */
export type Soon<T> = T | Promise<T>

/**
 * Where entries are kept: in this process, in Redis, … Only who holds a key's lease may fill it. A
 * delete ends the lease, too: who read the database before the change cannot put the old value back
 * after it. A lease ends by itself when its time is over, in case its holder has died.
 *
 * Nishtala and others, "Scaling Memcache at Facebook", NSDI 2013, section 3.2.1
 */
// #region store
export interface Store<V> {
  get(key: string): Soon<Entry<V> | undefined>
  /** A token that nobody else has, good for `leaseMs`; undefined while somebody holds the lease. */
  lease(key: string, leaseMs: number): Soon<string | undefined>
  /** Keeps the entry for `keepMs` and ends the lease; false, and nothing done, if it had ended. */
  fill(key: string, token: string, entry: Entry<V>, keepMs: number): Soon<boolean>
  /** Ends the lease with nothing filled. */
  release(key: string, token: string): Soon<void>
  /** Deletes the entry, and ends whatever lease there is. */
  delete(key: string): Soon<void>
}
// #endregion store
