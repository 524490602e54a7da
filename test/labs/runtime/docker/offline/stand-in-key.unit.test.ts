import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keyOf, STAND_INS_FOLDER } from '../../../../../labs/runtime/docker/offline/stand-in-key.ts'

let copy = ''
beforeEach(async () => {
  copy = await mkdtemp(join(tmpdir(), 'four-tiers-stand-ins-'))
  await cp(STAND_INS_FOLDER, copy, { recursive: true })
})
afterEach(() => rm(copy, { recursive: true }))

test('the same files have the same key, wherever the project is', async () => {
  expect(await keyOf('nginx', copy)).toBe(await keyOf('nginx'))
})

test('a change anywhere in a stand-in changes its key, and no other one’s', async () => {
  const before = { nginx: await keyOf('nginx', copy), redis: await keyOf('redis', copy) }
  await writeFile(join(copy, 'nginx', 'files', 'index.html'), 'edited')
  expect(await keyOf('nginx', copy)).not.toBe(before.nginx)
  expect(await keyOf('redis', copy)).toBe(before.redis)
})
