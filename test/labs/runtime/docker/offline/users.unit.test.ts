import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { identityOf, isAlive } from '../../../../../labs/runtime/process-identity.ts'
import { usersIn } from '../../../../../labs/runtime/docker/offline/users.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'four-tiers-users-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('two users in one process are two, and leave one by one', async () => {
  const users = usersIn(folder)
  const leaveFirst = await users.join()
  const leaveSecond = await users.join()
  expect(await users.alive()).toEqual([process.pid, process.pid])
  await leaveFirst()
  expect(await users.alive()).toEqual([process.pid])
  await leaveSecond()
  expect(await users.alive()).toEqual([])
})

test('a user that died without a word counts no more, and its file is removed', async () => {
  const child = spawn('sleep', ['60'])
  const identity = identityOf(child.pid!) ?? ''
  child.kill('SIGKILL')
  await once(child, 'exit')
  await mkdir(join(folder, 'users'))
  await writeFile(join(folder, 'users', `${child.pid}.1`), identity)
  expect(await usersIn(folder).alive()).toEqual([])
  expect(await readdir(join(folder, 'users'))).toEqual([])
})

test('a pid that was given to another process since is not taken for the user', async () => {
  await mkdir(join(folder, 'users'))
  const [pid, start, boot] = (identityOf(process.pid) ?? '').split(' ')
  const older = `${pid} ${Number(start) - 1} ${boot}`
  await writeFile(join(folder, 'users', `${process.pid}.1`), older)
  expect(await usersIn(folder).alive()).toEqual([])
})

test('nor is one of before the machine was restarted', async () => {
  const identity = identityOf(process.pid) ?? ''
  expect(isAlive(identity)).toBe(true)
  expect(isAlive(identity.replace(/[0-9a-f-]+$/, 'another-boot'))).toBe(false)
})
