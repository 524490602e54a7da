import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { claim, readRunning, release } from '../../../labs/session/running.ts'

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
  writeFileSync(file, JSON.stringify({ pid: process.ppid }))
  expect(claim(file)).toEqual({ pid: process.ppid })
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
