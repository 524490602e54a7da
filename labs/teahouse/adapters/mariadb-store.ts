import type { Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise'
import type { Post, Store, TopicSummary } from '../ports.ts'
import { withConnection } from './mariadb-pool.ts'

/** Counts the replies at every reading: one truth, slow with a million of them, hence the cache. */
const SUMMARY = `SELECT t.id, t.title, t.author, t.created_at, COUNT(r.id) AS replies,
    MAX(r.created_at) AS last_reply_at
  FROM topics t LEFT JOIN replies r ON r.topic_id = t.id`

const NO_SUCH_TOPIC = 1452 // ER_NO_REFERENCED_ROW_2: the foreign key found nothing

const summary = (row: RowDataPacket): TopicSummary => ({
  id: row.id,
  title: row.title,
  author: row.author,
  replies: Number(row.replies),
  createdAt: row.created_at.getTime(),
  lastReplyAt: row.last_reply_at?.getTime() ?? null,
})

const post = (row: RowDataPacket): Post => ({
  id: row.id,
  author: row.author,
  avatar: row.avatar,
  body: row.body,
  createdAt: row.created_at.getTime(),
})

type Value = string | number | Date

export function createMariadbStore(pool: Pool): Store {
  const read = (sql: string, values: Value[] = []) =>
    withConnection(pool, async (connection) => {
      const [rows] = await connection.query<RowDataPacket[]>(sql, values)
      return rows
    })
  const write = (sql: string, values: Value[]) =>
    withConnection(pool, async (connection) => {
      const [result] = await connection.query<ResultSetHeader>(sql, values)
      return result.insertId
    })
  const summaries = async (sql: string, values: Value[]) =>
    (await read(`${SUMMARY} ${sql}`, values)).map(summary)

  return {
    async ping() {
      await read('SELECT 1')
    },
    async front(limits) {
      const [top, newest] = await Promise.all([
        summaries('GROUP BY t.id ORDER BY replies DESC, t.id LIMIT ?', [limits.top]),
        summaries('GROUP BY t.id ORDER BY t.created_at DESC, t.id DESC LIMIT ?', [limits.newest]),
      ])
      return { top, newest }
    },
    async findTopic(id, limits) {
      const opening = await read(
        'SELECT t.*, u.avatar FROM topics t LEFT JOIN users u ON u.name = t.author WHERE t.id = ?',
        [id],
      )
      if (!opening[0]) return undefined
      const [[found], latest] = await Promise.all([
        summaries('WHERE t.id = ? GROUP BY t.id', [id]),
        read(
          `SELECT r.*, u.avatar FROM replies r LEFT JOIN users u ON u.name = r.author
            WHERE r.topic_id = ? ORDER BY r.id DESC LIMIT ?`,
          [id, limits.replies],
        ),
      ])
      return found && { ...found, opening: post(opening[0]), latest: latest.map(post).reverse() }
    },
    async topicIds() {
      return (await read('SELECT id FROM topics')).map(({ id }) => id as number)
    },
    addTopic: ({ title, body, author, at }) =>
      write('INSERT INTO topics (title, body, author, created_at) VALUES (?, ?, ?, ?)', [
        title,
        body,
        author,
        new Date(at),
      ]),
    async addReply({ topicId, body, author, at }) {
      try {
        const sql = 'INSERT INTO replies (topic_id, body, author, created_at) VALUES (?, ?, ?, ?)'
        return await write(sql, [topicId, body, author, new Date(at)])
      } catch (error) {
        if ((error as { errno?: number }).errno === NO_SUCH_TOPIC) return undefined
        throw error
      }
    },
    async addUser({ name, at }) {
      const sql = 'INSERT IGNORE INTO users (name, created_at) VALUES (?, ?)'
      await write(sql, [name, new Date(at)])
    },
    async findAvatar(name) {
      const [row] = await read('SELECT avatar FROM users WHERE name = ?', [name])
      return row?.avatar ?? null
    },
    async setAvatar(name, version) {
      await write('UPDATE users SET avatar = ? WHERE name = ?', [version, name])
    },
    async report(limits) {
      const rows = await summaries('GROUP BY t.id ORDER BY replies DESC, t.id LIMIT ?', [
        limits.rows,
      ])
      const [counts] = await read(`SELECT (SELECT COUNT(*) FROM topics) AS topics,
        (SELECT COUNT(*) FROM replies) AS replies, (SELECT COUNT(*) FROM users) AS users`)
      return {
        topics: Number(counts?.topics),
        replies: Number(counts?.replies),
        users: Number(counts?.users),
        rows,
      }
    },
  }
}
