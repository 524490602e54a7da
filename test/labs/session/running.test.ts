import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { identityOf, startedAt } from '../../../labs/runtime/process-identity.ts'
import { claim, isProven, readRunning, release } from '../../../labs/session/running.ts'

const fresh = () => join(mkdtempSync(join(tmpdir(), 'running-')), 'running.json')

test('a free lab can be claimed, and is free again after its release', () => {
  const file = fresh()
  expect(claim(file)).toBeUndefined()
  expect(readRunning(file)?.pid).toBe(process.pid)
  release(file)
  expect(existsSync(file)).toBe(false)
})

test('a lab that another live process runs is not taken over', () => {
  const file = fresh()
  const other = { pid: process.ppid, identity: identityOf(process.ppid) }
  writeFileSync(file, JSON.stringify(other))
  expect(claim(file)).toEqual(other)
})

test.skipIf(process.platform === 'win32')(
  'a record that does not say when its process was born is of the past: no pid of it is trusted',
  () => {
    const file = fresh()
    // A living process, and one of another user (init).
    for (const pid of [process.ppid, 1]) {
      writeFileSync(file, JSON.stringify({ pid }))
      expect(readRunning(file)).toBeUndefined()
      expect(isProven({ pid })).toBe(false)
    }
  },
)

test.skipIf(process.platform === 'win32')('`ps` tells births where there is no /proc', () => {
  expect(startedAt(process.pid)).toMatch(/^\d+ \w{3} \w{3} .*\d{4}$/)
  expect(startedAt(process.pid)).toBe(startedAt(process.pid))
  expect(startedAt(4_194_305)).toBeUndefined()
})

test.runIf(process.platform === 'linux')(
  'a pid that was given to another process after a restart is no run of the lab',
  () => {
    const file = fresh()
    writeFileSync(file, JSON.stringify({ pid: process.ppid, identity: '1 of-another-boot' }))
    expect(readRunning(file)).toBeUndefined()
    expect(claim(file)).toBeUndefined()
  },
)

test.each(['{"pid": 4194304}', '{"pid": 41', ''])(
  'what a killed process has left (%s) does not count',
  (text) => {
    const file = fresh()
    writeFileSync(file, text)
    expect(claim(file)).toBeUndefined()
    expect(readRunning(file)?.pid).toBe(process.pid)
  },
)
