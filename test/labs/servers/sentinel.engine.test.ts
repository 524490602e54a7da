import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readLab } from '../../../labs/catalog/catalog.ts'
import { parseMasters } from '../../../labs/kit/replication.ts'
import { LabUnderTest } from '../lab-under-test.ts'

/** A lab of a Redis with a copy, and one Sentinel, whose files the reader edits. */
const scratch = mkdtempSync(join(tmpdir(), 'four-tiers-sentinel-'))
const folder = join(scratch, '91-sentinel-alone')
const redis = (name: string) => `
  ${name}:
    image: \${IMAGE_PREFIX:-}redis:8.0
    command: [redis-server, /lab/redis/${name}.conf]
    volumes: ['\${LAB_FILES:-./starter}/redis:/lab/redis:ro']
    tmpfs: [/data]
    healthcheck: { test: [CMD, redis-cli, ping], interval: 1s, retries: 30 }
`
const files = {
  'lab.yaml': `
slug: sentinel-alone
title: { en: A Sentinel alone, zh: 一个哨兵 }
summary: { en: For a test., zh: 供测试用。 }
runs: { en: Two Redis and a Sentinel, zh: 两个 Redis 和一个哨兵 }
minutes: 1
images: ['redis:8.0']
front: { service: redis1, port: 6379, host: redis.test }
ports: {}
changes:
  - { files: redis/, by: redis, services: [redis1, copy1], at: /lab/redis, main: '{service}.conf' }
  - files: sentinel/
    by: sentinel
    services: [sentinel1]
    watched: [redis1, copy1]
    at: /lab/sentinel
    main: sentinel.conf
    begun: /tmp/begun
tasks: [{ id: none, title: { en: None, zh: 没有 }, files: [sentinel/sentinel.conf] }]
`,
  'compose.yaml': `
services:${redis('redis1')}${redis('copy1')}
  sentinel1:
    image: \${IMAGE_PREFIX:-}redis:8.0
    command:
      - sh
      - -c
      - |
        if [ ! -e /tmp/begun ]; then
          mkdir -p /tmp/sentinel && cp /lab/sentinel/* /tmp/sentinel/ && touch /tmp/begun
        fi
        exec redis-sentinel /tmp/sentinel/sentinel.conf
    volumes: ['\${LAB_FILES:-./starter}/sentinel:/lab/sentinel:ro']
    tmpfs: [/data]
    depends_on: [redis1]
    healthcheck: { test: [CMD, redis-cli, -p, '26379', ping], interval: 1s, retries: 30 }
`,
  'starter/redis/common.conf': 'save ""\nprotected-mode no\nmaxmemory 24mb\n',
  'starter/redis/redis1.conf': 'include /lab/redis/common.conf\n',
  'starter/redis/copy1.conf': 'include /lab/redis/common.conf\n',
  'starter/sentinel/sentinel.conf': `# Watch.
sentinel resolve-hostnames yes
sentinel monitor one redis1 6379 1
sentinel down-after-milliseconds one 5000
`,
}

let under: LabUnderTest
beforeAll(async () => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  cpSync(join(folder, 'starter'), join(folder, 'solution'), { recursive: true })
  under = await LabUnderTest.open(readLab(folder), 'sentinel')
})
afterAll(async () => {
  await under?.close()
  rmSync(scratch, { recursive: true })
})

const ask = async (server: string, ...command: string[]) =>
  (await under.session.runtime.server(server).exec(['redis-cli', ...command])).stdout
const sentinel = (...command: string[]) => ask('sentinel1', '-p', '26379', 'SENTINEL', ...command)
const field = async (name: string) => {
  const lines = (await sentinel('MASTER', 'one')).split('\n')
  return lines[lines.indexOf(name) + 1]
}
const runId = async (server: string, ...port: string[]) =>
  /run_id:(\w+)/.exec(await ask(server, ...port, 'INFO', 'server'))?.[1]

/** Edits a file of the reader's: what became of the save. */
async function save(name: string, from: string, to: string) {
  const file = join(under.session.place.work, name)
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace(from, to))
  const applied = await under.session.runtime.apply()
  // The reader undoes what was refused.
  if (applied.outcome === 'broken') writeFileSync(file, text)
  return applied
}
const file = 'sentinel/sentinel.conf'

test('a Sentinel forgets what it was told since, and begins from the new file', async () => {
  await sentinel('SET', 'one', 'quorum', '7')
  expect(await field('quorum')).toBe('7')
  expect(await save(file, 'one 5000', 'one 900')).toMatchObject({ outcome: 'applied' })
  expect(await field('quorum')).toBe('1')
  expect(await field('down-after-milliseconds')).toBe('900')
})

test('what it learns stays when it is stopped and started', async () => {
  await sentinel('SET', 'one', 'quorum', '3')
  const { kill, start } = under.session.runtime.server('sentinel1')
  await kill()
  await start()
  expect(await field('quorum')).toBe('3')
})

test.each([
  ['a master that was never named', 'milliseconds one', 'milliseconds two', 4, /No such master/],
  ['a server that is not there', 'one redis1', 'one redis9', 3, /resolve/],
  ['a misspelt word', 'sentinel down-after', 'sentinel dwon-after', 4, /Unrecognized/],
])('%s is told with its line, and the Sentinel goes on', async (_, from, to, line, words) => {
  const before = await runId('sentinel1', '-p', '26379')
  expect(await save(file, from, to)).toMatchObject({
    outcome: 'broken',
    problems: [
      { file, line, message: expect.stringMatching(words), meaning: expect.stringMatching(/\w/) },
    ],
  })
  expect(await runId('sentinel1', '-p', '26379')).toBe(before)
  expect(parseMasters(await sentinel('MASTERS'))).toMatchObject([{ name: 'one' }])
})

test('of several Redis only the one begins anew whose file has changed', async () => {
  const [one, copy] = [await runId('redis1'), await runId('copy1')]
  const line = 'include /lab/redis/common.conf\n'
  const applied = await save('redis/copy1.conf', line, `${line}replicaof redis1 6379\n`)
  expect(applied).toMatchObject({ outcome: 'applied' })
  expect(await runId('redis1')).toBe(one)
  expect(await runId('copy1')).not.toBe(copy)
  expect(await ask('copy1', 'ROLE')).toMatch(/^slave/)
})

test('a mistake in what all include is told of that file', async () =>
  expect(await save('redis/common.conf', '24mb', '24xb')).toMatchObject({
    outcome: 'broken',
    problems: [{ file: 'redis/common.conf', line: 3 }],
  }))
