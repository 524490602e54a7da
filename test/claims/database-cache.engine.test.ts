import { afterAll, beforeAll, expect } from 'vitest'
import { claimsOn, type Versions } from './claim.ts'
import { Containers } from './containers.ts'
import { MariaDb, mariadbImage } from './mariadb.ts'

/** 200 topics with 20,000 replies: the first topics have far more of them than the last. */
const tables = `
CREATE TABLE topics (id INT PRIMARY KEY, title VARCHAR(80) NOT NULL);
INSERT INTO topics SELECT seq, CONCAT('Topic ', seq) FROM seq_1_to_200;
CREATE TABLE replies (
  id INT AUTO_INCREMENT PRIMARY KEY, topic INT NOT NULL, text VARCHAR(250) NOT NULL
);
INSERT INTO replies (topic, text)
SELECT LEAST(200, 1 + FLOOR(200 * POW(seq / 20000, 3))), REPEAT('tea ', 50) FROM seq_1_to_20000;`

let containers: Containers
let database: MariaDb
let versions: Versions
beforeAll(async () => {
  containers = await Containers.open(import.meta.url, [mariadbImage])
  // A database may write down which pages it had, to fetch them when it starts: not this one.
  database = await MariaDb.start(containers, [], ['--innodb-buffer-pool-load-at-startup=OFF'])
  await database.untilReady()
  await database.sql(tables)
  versions = { MariaDB: await database.version() }
})
afterAll(() => containers?.close())
const claim = claimsOn(() => versions)

/** What the statement adds to these two of MariaDB's counters. */
async function costOf(statement: string) {
  const [pages, lookups] = ['INNODB_PAGES_READ', 'INNODB_BUFFER_POOL_READ_REQUESTS'] as const
  const counters = async () => {
    const said = await database.sql(
      `SELECT VARIABLE_NAME, VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS
       WHERE VARIABLE_NAME IN ('${pages}', '${lookups}')`,
    )
    const values = new Map(said.map((line) => line.split('\t') as [string, string]))
    return { pages: Number(values.get(pages)), lookups: Number(values.get(lookups)) }
  }
  const before = await counters()
  await database.sql(statement)
  const after = await counters()
  return { pages: after.pages - before.pages, lookups: after.lookups - before.lookups }
}

claim(
  'the-database-keeps-its-pages',
  'what a query has read from the disk is in the database’s memory for the next one',
  async ({ figure }) => {
    const all = 'SELECT SUM(LENGTH(text)) FROM replies'
    await database.restart()
    const [first, second] = [await costOf(all), await costOf(all)]
    // 20,000 rows of 200 bytes in pages of 16 KB.
    expect(first.pages).toBeGreaterThan(200)
    expect(second.pages).toBeLessThan(first.pages / 20)
    // It did the work again: what is kept are pages, not answers.
    expect(second.lookups).toBeGreaterThan(200)
    figure({
      en: `the same query over 20,000 rows twice after a start: ${first.pages} pages from the disk, then ${second.pages}`,
      zh: `启动之后，同一条查询把 20,000 行读两遍：从磁盘读 ${first.pages} 个数据页，然后是 ${second.pages} 个`,
    })
  },
)

const busiest = `
SELECT topics.title, COUNT(*) AS replies FROM replies JOIN topics ON topics.id = replies.topic
GROUP BY topics.id ORDER BY replies DESC LIMIT 10`

/** The first line that the query brings, and how many rows the server has read for all of them. */
async function rowsFor(query: string) {
  const lines = await database.sql(
    `FLUSH STATUS; ${query};
     SELECT SUM(VARIABLE_VALUE) FROM information_schema.SESSION_STATUS
     WHERE VARIABLE_NAME LIKE 'HANDLER\\_READ\\_%'`,
  )
  expect(lines).toHaveLength(11)
  const [title, replies] = lines[0]!.split('\t')
  return { title, replies: Number(replies), read: Number(lines[10]) }
}

claim(
  'a-summary-table-is-a-cache',
  'a table with the result of a join spares its rows, and knows nothing of a reply that came since',
  async ({ figure }) => {
    await database.sql(`CREATE TABLE busiest AS ${busiest}`)
    const summary = 'SELECT title, replies FROM busiest ORDER BY replies DESC'
    const [joined, kept] = [await rowsFor(busiest), await rowsFor(summary)]
    expect([kept.title, kept.replies]).toEqual([joined.title, joined.replies])
    expect(joined.read).toBeGreaterThan(20_000)
    expect(kept.read).toBeLessThan(100)

    await database.sql("INSERT INTO replies (topic, text) VALUES (1, 'One more')")
    const [now, old] = [(await rowsFor(busiest)).replies, (await rowsFor(summary)).replies]
    expect([now - joined.replies, old - joined.replies]).toEqual([1, 0])
    figure({
      en: `the ten busiest topics: ${joined.read} rows read for the join, ${kept.read} from the table; after one more reply the join says ${now}, the table still ${old}`,
      zh: `回复最多的十个话题：联表要读 ${joined.read} 行，读汇总表只要 ${kept.read} 行；再来一条回复，联表说 ${now}，汇总表还是 ${old}`,
    })
  },
)
