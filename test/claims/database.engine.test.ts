import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect } from 'vitest'
import { claimsOn, type Versions } from './claim.ts'
import { Containers } from './containers.ts'
import { Foreman } from './crew/foreman.ts'
import type { Answer } from './crew/orders.ts'

const network = 'four-tiers-claims-database'
const volume = 'four-tiers-claims-data'
const password = 'tea'
const settings = {
  MARIADB_DATABASE: 'teahouse',
  MARIADB_USER: 'teahouse',
  MARIADB_PASSWORD: password,
  MARIADB_ROOT_PASSWORD: password,
  // Takes a second, and nothing here asks for a time zone.
  MARIADB_INITDB_SKIP_TZINFO: '1',
}

let containers: Containers
let versions: Versions
/** With the volume, and without one. */
let kept: string
let bare: string

/** A database in a new container. */
async function create(...options: readonly string[]): Promise<string> {
  const env = Object.entries(settings).flatMap((pair) => ['--env', pair.join('=')])
  const id = await containers.run(...env, ...options, containers.image('mariadb:11.8'))
  await untilReady(id)
  return id
}
const createKept = () =>
  create('--network', network, '--network-alias', 'db', '--volume', `${volume}:/var/lib/mysql`)
const createBare = () => create('--network', 'none')

const sql = (id: string, statements: string) =>
  containers.attempt('exec', id, ...client, statements)
const client = ['mariadb', '-uroot', `-p${password}`, '--skip-column-names', 'teahouse', '-e']

/** While it prepares its folder the server is there too, but on no port. */
const untilReady = (id: string) => containers.untilSays(id, 'port: 3306')

async function insertRows(id: string, count: number): Promise<void> {
  const inserts = Array.from({ length: count }, (_, n) => `INSERT INTO cups VALUES (${n});`)
  const create = 'CREATE OR REPLACE TABLE cups (n INT);'
  expect((await sql(id, create + inserts.join(''))).exitCode).toBe(0)
}
const countRows = async (id: string) =>
  Number((await sql(id, 'SELECT COUNT(*) FROM cups')).output.trim())

beforeAll(async () => {
  containers = await Containers.open(import.meta.url, ['mariadb:11.8', 'node:22-slim'])
  await containers.docker('network', 'create', ...containers.label, '--internal', network)
  await containers.docker('volume', 'create', ...containers.label, volume)
  ;[kept, bare] = await Promise.all([createKept(), createBare()])
  const { output } = await sql(kept, 'SELECT VERSION()')
  versions = {
    MariaDB: /\d+(\.\d+)+/.exec(output)?.[0] ?? output,
    Docker: await containers.engineVersion(),
  }
})
afterAll(() => containers?.close())
const claim = claimsOn(() => versions)

claim(
  'committed-row-survives-sigkill',
  'what the database has committed is there after kill -9',
  async ({ figure }) => {
    await insertRows(kept, 100)
    await containers.docker('kill', kept)
    await containers.docker('start', kept)
    await untilReady(kept)
    const count = await countRows(kept)
    expect(count).toBe(100)
    figure({
      en: `SIGKILL after 100 committed rows: ${count} of 100 were there again`,
      zh: `提交 100 行之后 SIGKILL：重启后 100 行里还有 ${count} 行`,
    })
  },
)

claim(
  'data-stays-in-volume',
  'a new container with the same volume has the data of the old one',
  async ({ figure }) => {
    await insertRows(kept, 100)
    await containers.docker('rm', '--force', kept)
    kept = await createKept()
    const count = await countRows(kept)
    expect(count).toBe(100)
    figure({
      en: `container removed and made anew on the same volume: ${count} of 100 rows`,
      zh: `删掉容器，用同一个卷新建一个：100 行还剩 ${count} 行`,
    })
  },
)

claim(
  'data-gone-without-volume',
  'a new container without a volume of the old one begins with nothing',
  async ({ figure }) => {
    await insertRows(bare, 100)
    // As Compose does: what the image keeps in a volume without a name stays behind.
    const names = '{{range .Mounts}}{{.Name}} {{end}}'
    const nameless = await containers.docker('inspect', '--format', names, bare)
    await containers.docker('rm', '--force', bare)
    bare = await createBare()
    const { exitCode, output } = await sql(bare, 'SELECT COUNT(*) FROM cups')
    expect([exitCode, output]).toEqual([1, expect.stringContaining("cups' doesn't exist")])
    for (const volume of nameless.split(' ').filter(Boolean))
      await containers.docker('volume', 'rm', volume)
    figure({
      en: 'container removed and made anew without a volume: ERROR 1146, the table does not exist',
      zh: '删掉容器再新建，没有卷：ERROR 1146，表不存在',
    })
  },
)

/** Teahouse, with this database behind it. */
async function openTeahouse(): Promise<string> {
  const project = fileURLToPath(new URL('../../', import.meta.url))
  const mounts = ['labs/teahouse', 'node_modules', 'package.json'].flatMap((path) => [
    '--volume',
    `${project}${path}:/app/${path}:ro`,
  ])
  const env = ['--env', `DATABASE_URL=mysql://teahouse:${password}@db/teahouse`]
  const place = ['--network', network, '--workdir', '/app', ...mounts, ...env]
  const program = [containers.image('node:22-slim'), 'node', 'labs/teahouse/server.ts']
  const id = await containers.run('--init', ...place, ...program)
  await containers.untilSays(id, 'listens on port')
  return id
}

claim(
  'database-down-means-500-not-death',
  'without its database the application answers 503, lives on, and works again when it is back',
  async ({ figure }) => {
    const teahouse = await openTeahouse()
    const crew = await Foreman.hire(containers, teahouse)
    const ask = async () => {
      const requests = [{ port: 3000, path: '/' }]
      const [answer] = await crew.tell<Answer[]>({ do: 'send', requests, atOnce: 1 })
      return answer!.status
    }
    const before = await ask()
    await containers.docker('kill', kept)
    const without = await ask()
    const state = await containers.docker('inspect', '--format', '{{.State.Status}}', teahouse)
    await containers.docker('start', kept)
    await untilReady(kept)
    const after = await ask()
    await crew.dismiss()
    expect([before, without, state, after]).toEqual([200, 503, 'running', 200])
    figure({
      en: `before ${before}, without the database ${without} (the process ${state}), after ${after}`,
      zh: `之前 ${before}，没有数据库时 ${without}（进程仍是 ${state}），恢复后 ${after}`,
    })
  },
)
