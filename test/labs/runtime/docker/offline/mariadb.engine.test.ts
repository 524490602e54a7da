import './one-at-a-time.ts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { PrivateEngine } from '../../../../../labs/runtime/docker/offline/engine.ts'
import { docker, start, untilLogged, type Container, type Env } from '../../../../real/container.ts'
import { untilHealthy } from './engine-under-test.ts'
import { files, type Files } from '../../../../real/mounted.ts'
import { engineWith } from './ready-engine.ts'

const IMAGE = 'four-tiers/mariadb:11.8'
let engine: PrivateEngine
let env: Env
const made: (Container | Files)[] = []

beforeAll(async () => {
  engine = await engineWith('mariadb:11.8')
  env = engine.env
})
afterEach(async () => {
  for (const thing of made.splice(0)) await thing.remove()
})
afterAll(() => engine.stop())

const health = [
  '--health-cmd',
  'healthcheck.sh --connect --innodb_initialized',
  '--health-interval',
  '200ms',
  '--health-retries',
  '100',
]
const given = (variables: Record<string, string>): string[] =>
  Object.entries({ MARIADB_INITDB_SKIP_TZINFO: '1', ...variables }).flatMap(([name, value]) => [
    '--env',
    `${name}=${value}`,
  ])

async function mariadb(options: string[], ...command: string[]): Promise<Container> {
  const container = await start(env, ...health, ...options, IMAGE, ...command)
  made.push(container)
  await untilHealthy(env, container)
  return container
}
async function mounted(texts: Record<string, string>): Promise<Files> {
  const all = await files(texts)
  made.push(all)
  return all
}
const sql = (container: Container, user: string, password: string, text: string): Promise<string> =>
  container.exec('mariadb', '-N', '-h', '127.0.0.1', `-u${user}`, `-p${password}`, '-e', text)

test('variables make the root, a database and its user, quotes and all', async () => {
  const container = await mariadb(
    given({
      MARIADB_ROOT_PASSWORD: `it's`,
      MARIADB_DATABASE: 'tea_house',
      MARIADB_USER: 'tea',
      MARIADB_PASSWORD: 'a\\b',
    }),
  )
  expect(await sql(container, 'root', `it's`, 'SELECT CURRENT_USER()')).toBe('root@%')
  expect(await sql(container, 'tea', 'a\\b', 'SHOW DATABASES')).toContain('tea_house')
  await expect(sql(container, 'tea', 'a\\b', 'CREATE DATABASE other')).rejects.toThrow(/denied/)
})

test('the older names of MySQL’s image do as well, and so do files with secrets', async () => {
  const { at } = await mounted({ root: 'from-a-file\n' })
  const container = await mariadb([
    ...at('/run/secrets'),
    ...given({ MYSQL_ROOT_PASSWORD_FILE: '/run/secrets/root', MYSQL_DATABASE: 'tea' }),
  ])
  expect(await sql(container, 'root', 'from-a-file', 'SHOW DATABASES')).toContain('tea')
})

test('files in initdb.d are run once, in order, in the database', async () => {
  const { at } = await mounted({
    '1-table.sql': 'CREATE TABLE topics (title TEXT);',
    '2-row.sh': `#!/bin/bash\nmariadb -uroot -p"$MARIADB_ROOT_PASSWORD" tea -e "INSERT INTO topics VALUES ('from the shell')"`,
    '3-row.sql': `INSERT INTO topics VALUES ('from SQL');`,
  })
  const container = await mariadb([
    ...at('/docker-entrypoint-initdb.d'),
    ...given({ MARIADB_ROOT_PASSWORD: 'root', MARIADB_DATABASE: 'tea' }),
  ])
  const rows = () => sql(container, 'root', 'root', 'SELECT title FROM tea.topics')
  expect(await rows()).toBe('from the shell\nfrom SQL')
  await docker(env, 'restart', container.id)
  await untilLogged(env, container, 'ready for connections')
  await untilAnswering(container)
  expect(await rows()).toBe('from the shell\nfrom SQL')
})

/** A restart has no event of its own, and the log still holds the first start. */
async function untilAnswering(container: Container): Promise<void> {
  while (
    await container.exec('healthcheck.sh', '--connect').then(
      () => false,
      () => true,
    )
  );
}

test('while its data folder is being filled, no health check passes', async () => {
  const { at } = await mounted({
    '1-ask.sh': '#!/bin/sh\nhealthcheck.sh --connect && echo passed >&2 || echo "not yet" >&2',
  })
  const container = await mariadb([
    ...at('/docker-entrypoint-initdb.d'),
    ...given({ MARIADB_ALLOW_EMPTY_ROOT_PASSWORD: '1' }),
  ])
  expect(await container.logs()).toContain('not yet')
})

test('without a word on root’s password it says what it needs, and ends', async () => {
  const container = await start(env, IMAGE)
  made.push(container)
  expect(await docker(env, 'wait', container.id)).toBe('1')
  expect(await container.logs()).toContain('MARIADB_ROOT_PASSWORD')
})

test('docker stop is a clean shutdown, as the user mysql, 999', async () => {
  const container = await mariadb(given({ MARIADB_RANDOM_ROOT_PASSWORD: '1' }))
  expect(await docker(env, 'top', container.id, '-eo', 'uid,pid,args')).toMatch(
    /^\s*999\s+\d+\s+mariadbd/m,
  )
  expect(await container.logs()).toContain('GENERATED ROOT PASSWORD: ')
  await docker(env, 'stop', container.id)
  expect(await container.inspect('{{.State.ExitCode}}')).toBe('0')
  expect(await container.logs()).toContain('Shutdown complete')
})

test('flags are for the server, files in conf.d are read, and named time zones are known', async () => {
  const { at } = await mounted({ 'mine.cnf': '[mariadbd]\nmax-connections=17\n' })
  const container = await mariadb(
    [
      ...at('/etc/mysql/conf.d'),
      ...given({ MARIADB_ROOT_PASSWORD: 'r', MARIADB_INITDB_SKIP_TZINFO: '' }),
    ],
    '--character-set-server=latin1',
  )
  const asked = `SELECT @@max_connections, @@character_set_server, CONVERT_TZ('2016-01-01 00:00', 'UTC', 'Asia/Shanghai')`
  expect(await sql(container, 'root', 'r', asked)).toBe('17\tlatin1\t2016-01-01 08:00:00')
})

test('since version 11 no program’s name begins with mysql', async () => {
  const { exec } = await mariadb(given({ MARIADB_ROOT_PASSWORD: 'r' }))
  expect(await exec('sh', '-c', 'ls /usr/bin /usr/sbin | grep ^mysql || echo none')).toBe('none')
  expect(await exec('mariadb-dump', '--version')).toContain('11.8')
})

test('a replica follows its primary by variables alone', async () => {
  await docker(env, 'network', 'create', 'primary-and-replica')
  const name = (alias: string): string[] => [
    '--network',
    'primary-and-replica',
    '--network-alias',
    alias,
  ]
  const replication = {
    MARIADB_ROOT_PASSWORD: 'r',
    MARIADB_REPLICATION_USER: 'repl',
    MARIADB_REPLICATION_PASSWORD: 'secret',
  }
  try {
    const primary = await mariadb(
      [...name('primary'), ...given({ ...replication, MARIADB_DATABASE: 'tea' })],
      '--log-bin',
      '--server-id=1',
    )
    const replica = await mariadb(
      [
        ...name('replica'),
        ...given({
          ...replication,
          MARIADB_MASTER_HOST: 'primary',
          MARIADB_HEALTHCHECK_GRANTS: 'REPLICA MONITOR',
        }),
      ],
      '--server-id=2',
    )
    await sql(
      primary,
      'root',
      'r',
      'CREATE TABLE tea.topics (id INT); INSERT INTO tea.topics VALUES (42)',
    )
    const gtid = await sql(primary, 'root', 'r', 'SELECT @@gtid_current_pos')
    expect(await sql(replica, 'root', 'r', `SELECT MASTER_GTID_WAIT('${gtid}', 20)`)).toBe('0')
    expect(await sql(replica, 'root', 'r', 'SELECT id FROM tea.topics')).toBe('42')
    await replica.exec(
      'healthcheck.sh',
      '--connect',
      '--replication_io',
      '--replication_sql',
      '--replication_seconds_behind_master=1',
    )
  } finally {
    for (const thing of made.splice(0)) await thing.remove()
    await docker(env, 'network', 'rm', 'primary-and-replica')
  }
})
