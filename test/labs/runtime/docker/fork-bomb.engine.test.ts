import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readLab } from '../../../../labs/catalog/catalog.ts'
import { labsFolder } from '../../../../labs/session/folders.ts'
import { LabUnderTest } from '../../lab-under-test.ts'

/** A lab of one server, which is the `redis` of every lab. */
const scratch = mkdtempSync(join(tmpdir(), 'four-tiers-bomb-'))
const folder = join(scratch, '91-fork-bomb')
const files = {
  'lab.yaml': `
slug: fork-bomb
title: { en: A fork bomb, zh: fork 炸弹 }
summary: { en: For a test., zh: 供测试用。 }
runs: { en: One Redis, zh: 一个 Redis }
minutes: 1
images: ['redis:8.0']
front: { service: redis, port: 6379, host: redis.test }
ports: {}
changes: [{ files: redis.conf, by: redis, service: redis, at: /lab, main: redis.conf }]
tasks: [{ id: none, title: { en: None, zh: 没有 }, files: [redis.conf] }]
`,
  'compose.yaml': `
services:
  redis:
    extends: { file: ${join(labsFolder, 'servers.yaml')}, service: redis }
networks:
  lab:
    ipam:
      config: [{ subnet: '\${LAB_NET}.0/24', gateway: '\${LAB_NET}.1' }]
`,
  'starter/redis.conf': '',
}

let under: LabUnderTest
beforeAll(async () => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  cpSync(join(folder, 'starter'), join(folder, 'solution'), { recursive: true })
  under = await LabUnderTest.open(readLab(folder), 'bomb')
})
afterAll(async () => {
  await under?.close()
  rmSync(scratch, { recursive: true })
})

const inRedis = (...command: string[]) => under.session.runtime.server('redis').exec(command)

test('a server that starts processes without end stops at its limit, and lives on', async () => {
  // No bomb without an end: where there is no limit, the machine shall live to tell it.
  const bomb = 'i=0; while [ $i -lt 1000 ]; do sleep 4 & i=$((i+1)); done; echo all of them'
  const { exitCode, stdout } = await inRedis('sh', '-c', bomb)
  expect(stdout).not.toContain('all of them')
  expect(exitCode).not.toBe(0)
  const ping = async () => (await inRedis('redis-cli', 'ping')).stdout
  await expect.poll(ping, { timeout: 30_000 }).toBe('PONG')
})

test('a server that takes memory without end is ended alone', async () => {
  // 800 MB, where 256 are allowed and perhaps as much again on a disk.
  const size = 800 * 1024 ** 2
  const { exitCode } = await inRedis(
    'sh',
    '-c',
    `head -c ${size} /dev/zero | tail -c ${size} > /dev/null`,
  )
  expect(exitCode).not.toBe(0)
}, 60_000)
