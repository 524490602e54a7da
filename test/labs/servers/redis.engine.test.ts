import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readLab } from '../../../labs/catalog/catalog.ts'
import { LabUnderTest } from '../lab-under-test.ts'

/** A lab of one server, whose file the reader edits. */
const scratch = mkdtempSync(join(tmpdir(), 'four-tiers-redis-'))
const folder = join(scratch, '90-redis-alone')
const files = {
  'lab.yaml': `
slug: redis-alone
title: { en: Redis alone, zh: 一台 Redis }
summary: { en: For a test., zh: 供测试用。 }
runs: { en: One Redis, zh: 一个 Redis }
minutes: 1
images: ['redis:8.0']
front: { service: redis, port: 6379, host: redis.test }
ports: {}
changes:
  - { files: redis/, by: redis, service: redis, at: /etc/redis-lab, main: redis.conf }
tasks: [{ id: none, title: { en: None, zh: 没有 }, files: [redis/redis.conf] }]
`,
  'compose.yaml': `
services:
  redis:
    image: \${IMAGE_PREFIX:-}redis:8.0
    command: [redis-server, /etc/redis-lab/redis.conf]
    volumes: ['\${LAB_FILES:-./starter}/redis:/etc/redis-lab:ro']
    healthcheck: { test: [CMD, redis-cli, ping], interval: 1s, retries: 30 }
`,
  'starter/redis/redis.conf':
    '# The cache.\nmaxmemory 32mb\ndatabases 4\nsave ""\npidfile /tmp/redis.pid\n',
}

let under: LabUnderTest
beforeAll(async () => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  cpSync(join(folder, 'starter'), join(folder, 'solution'), { recursive: true })
  under = await LabUnderTest.open(readLab(folder), 'redis')
})
afterAll(async () => {
  await under?.close()
  rmSync(scratch, { recursive: true })
})

const redis = async (...command: string[]) =>
  (await under.session.runtime.server('redis').exec(['redis-cli', ...command])).stdout
const runId = async () => /run_id:(\w+)/.exec(await redis('INFO', 'server'))?.[1]
const config = async (name: string) => (await redis('CONFIG', 'GET', name)).split('\n')[1]

/** Edits the reader's redis.conf: what became of the save, and whether Redis was started anew. */
async function save(from: string | RegExp, to: string) {
  const file = join(under.session.place.work, 'redis/redis.conf')
  const text = readFileSync(file, 'utf8')
  const before = await runId()
  writeFileSync(file, text.replace(from, to))
  const applied = await under.session.runtime.apply()
  const stayed = (await runId()) === before
  // The reader undoes what was refused.
  if (applied.outcome === 'broken') writeFileSync(file, text)
  return { applied, stayed }
}

const taken = { outcome: 'applied', files: ['redis/redis.conf'] }

test('what CONFIG SET can change is taken by the server that runs', async () => {
  await redis('SET', 'tea', 'oolong')
  const { applied, stayed } = await save('maxmemory 32mb', 'maxmemory 48mb')
  expect(applied).toMatchObject(taken)
  expect(stayed).toBe(true)
  expect(await config('maxmemory')).toBe(String(48 * 1024 ** 2))
  expect(await redis('GET', 'tea')).toBe('oolong')
})

test('several at once, a new one and one of many words among them', async () => {
  const { applied, stayed } = await save(
    'save ""',
    'save 900 1\nsave 300 10\nmaxmemory-policy allkeys-lru',
  )
  expect(applied).toMatchObject(taken)
  expect(stayed).toBe(true)
  expect(await config('save')).toBe('900 1 300 10')
  expect(await config('maxmemory-policy')).toBe('allkeys-lru')
})

test('what is read at the start alone starts it anew', async () => {
  const { applied, stayed } = await save('databases 4', 'databases 8')
  expect(applied).toMatchObject(taken)
  expect(stayed).toBe(false)
  expect(await config('databases')).toBe('8')
})

test('a line that is gone has its default again', async () => {
  const { applied, stayed } = await save('maxmemory-policy allkeys-lru\n', '')
  expect(applied).toMatchObject(taken)
  expect(stayed).toBe(false)
  expect(await config('maxmemory-policy')).toBe('noeviction')
})

test.each([
  ['a word too many', 'databases 8', 'databases 8 9', 3, /^wrong number of arguments/],
  ['a name that Redis does not know', 'databases 8', 'databasis 8', 3, /^Module Configuration/],
  ['a size without a unit that it knows', 'maxmemory 48mb', 'maxmemory 48xb', 2, /memory value/],
  ['a number out of range', 'databases 8', 'databases 0', 3, /^argument must be between 1/],
  ['a folder that is not there', /$/, 'dir /nowhere\n', 7, /No such file or directory/],
])('%s is told with its line, and the old server goes on', async (_, from, to, line, words) => {
  const { applied, stayed } = await save(from, to)
  expect(applied).toMatchObject({
    outcome: 'broken',
    problems: [
      {
        file: 'redis/redis.conf',
        line,
        message: expect.stringMatching(words),
        meaning: expect.stringMatching(/\w/),
      },
    ],
  })
  expect(stayed).toBe(true)
  expect(readFileSync(join(under.session.place.live, 'redis/redis.conf'), 'utf8')).toContain(
    'databases 8',
  )
  expect(await under.session.runtime.apply()).toMatchObject({ outcome: 'unchanged' })
})

test('a file that reads well and cannot be started is taken back, and the old server starts', async () => {
  const { applied, stayed } = await save('databases 8', 'databases 16\nunixsocket /nowhere/socket')
  expect(applied).toMatchObject({ outcome: 'broken', problems: [{ file: 'redis/redis.conf' }] })
  expect(stayed).toBe(false)
  expect(await config('databases')).toBe('8')
})

test('the trial leaves the server’s own pid file and data alone', async () => {
  const { runtime } = under.session
  const { stdout } = await runtime.server('redis').exec(['cat', '/tmp/redis.pid'])
  expect(stdout).toBe('1')
})

test('its cache is emptied on wish', async () => {
  await redis('SET', 'tea', 'oolong')
  await under.session.runtime.emptyCaches()
  expect(await redis('DBSIZE')).toBe('0')
})
