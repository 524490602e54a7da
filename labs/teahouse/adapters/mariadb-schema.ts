import type { Pool, PoolConnection, ResultSetHeader, RowDataPacket } from 'mysql2/promise'
import { seedTopics } from '../seed.ts'
import { withConnection } from './mariadb-pool.ts'

/** Names are compared byte by byte: `lin` and `Lin` are two people. */
const TABLES = [
  `CREATE TABLE IF NOT EXISTS users (
    name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PRIMARY KEY,
    avatar VARCHAR(32) NULL,
    created_at DATETIME(3) NOT NULL
  ) DEFAULT CHARSET utf8mb4`,
  `CREATE TABLE IF NOT EXISTS topics (
    id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
    title VARCHAR(120) NOT NULL,
    body TEXT NOT NULL,
    author VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    created_at DATETIME(3) NOT NULL
  ) DEFAULT CHARSET utf8mb4`,
  `CREATE TABLE IF NOT EXISTS replies (
    id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
    topic_id INT UNSIGNED NOT NULL,
    body TEXT NOT NULL,
    author VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    created_at DATETIME(3) NOT NULL,
    FOREIGN KEY (topic_id) REFERENCES topics (id)
  ) DEFAULT CHARSET utf8mb4`,
]

const LOCK_SECONDS = 20

/**
 * Creates the tables and the first topics where they are missing. Several servers may start at
 * once: the named lock lets one of them work while the others wait, and then find it done.
 */
export async function prepareSchema(pool: Pool, now: number): Promise<'seeded' | 'found'> {
  const work = async (connection: PoolConnection) => {
    const [[lock]] = await connection.query<RowDataPacket[]>(
      "SELECT GET_LOCK('teahouse-schema', ?) AS taken",
      [LOCK_SECONDS],
    )
    if (lock?.taken !== 1) throw new Error(`the schema lock was not free in ${LOCK_SECONDS} s`)
    try {
      for (const table of TABLES) await connection.query(table)
      const [found] = await connection.query<RowDataPacket[]>('SELECT id FROM topics LIMIT 1')
      if (found.length === 0) {
        await connection.beginTransaction() // all of the seed or nothing, whatever happens to us
        await seed(connection, now)
        await connection.commit()
      }
      await connection.query("DO RELEASE_LOCK('teahouse-schema')")
      return found.length === 0 ? 'seeded' : 'found'
    } catch (error) {
      connection.destroy() // which rolls back, and frees the lock
      throw error
    }
  }
  return withConnection(pool, work, (LOCK_SECONDS + 10) * 1000)
}

async function seed(connection: PoolConnection, now: number): Promise<void> {
  const topics = seedTopics(now)
  for (const { title, body, author, at, replies } of topics) {
    const [{ insertId }] = await connection.query<ResultSetHeader>(
      'INSERT INTO topics (title, body, author, created_at) VALUES (?, ?, ?, ?)',
      [title, body, author, new Date(at)],
    )
    await connection.query('INSERT INTO replies (topic_id, body, author, created_at) VALUES ?', [
      replies.map((reply) => [insertId, reply.body, reply.author, new Date(reply.at)]),
    ])
  }
  const posts = topics.flatMap((topic) => [topic, ...topic.replies])
  const names = new Map(posts.map(({ author, at }) => [author, at]))
  await connection.query('INSERT IGNORE INTO users (name, created_at) VALUES ?', [
    [...names].map(([name, at]) => [name, new Date(at)]),
  ])
}
