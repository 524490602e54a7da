import type { Pool, PoolConnection } from 'mysql2/promise'
import { createPool } from 'mysql2/promise'
import { StoreAway } from '../ports.ts'

/** A page that waits longer than this is a page that its reader has left. */
const DEADLINE_MS = 2000

/** Too many connections, shutting down, killed: the server speaks, but can't serve. */
const NOT_NOW = new Set([1040, 1053, 1203, 1317, 1927])

interface DriverError extends Error {
  readonly code?: string
  readonly errno?: number
  readonly fatal?: boolean
  /** Only what the server itself said has one; a broken connection has none. */
  readonly sqlState?: string
}

export function openPool(url: string): Pool {
  return createPool({
    uri: url,
    connectionLimit: 10,
    // A crowd on an empty cache waits in this line; behind its end people are sent away at once.
    queueLimit: 1000,
    connectTimeout: 1000,
    charset: 'utf8mb4',
    timezone: 'Z',
  })
}

/** Tells a database that can't serve from one that refuses what we said, and from our own bugs. */
export function asStoreError(error: unknown): unknown {
  const { message, code, errno = 0, fatal, sqlState } = error as DriverError
  const isBroken = !sqlState && (fatal || code !== undefined || message === 'Queue limit reached.')
  return isBroken || NOT_NOW.has(errno) ? new StoreAway(code ?? message, { cause: error }) : error
}

/**
 * Runs `work` on a connection, within the deadline. A connection that kept us waiting is destroyed,
 * not returned: its answer may still come, and would be taken for the next question's.
 */
export async function withConnection<T>(
  pool: Pool,
  work: (connection: PoolConnection) => Promise<T>,
  deadlineMs = DEADLINE_MS,
): Promise<T> {
  let connection: PoolConnection | undefined
  let timer: NodeJS.Timeout | undefined
  let isLate = false
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isLate = true
      connection?.destroy()
      reject(new StoreAway(`no answer within ${deadlineMs} ms`))
    }, deadlineMs)
  })
  const answer = async () => {
    connection = await pool.getConnection()
    try {
      if (isLate) throw new StoreAway('the connection came too late')
      return await work(connection)
    } finally {
      connection.release() // of a destroyed one, the pool has let go already
    }
  }
  try {
    return await Promise.race([answer(), deadline])
  } catch (error) {
    throw error instanceof StoreAway ? error : asStoreError(error)
  } finally {
    clearTimeout(timer)
  }
}
