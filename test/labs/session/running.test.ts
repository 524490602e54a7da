import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { identityOf, startedAt } from '../../../labs/runtime/process-identity.ts'
import { type Claim, claim, isProven, readRunning } from '../../../labs/session/running.ts'
import { typescript } from '../../real/typescript.ts'

const fresh = () => join(mkdtempSync(join(tmpdir(), 'running-')), 'running.json')

async function mine(file: string): Promise<Claim> {
  const claimed = await claim(file)
  if ('other' in claimed) throw new Error(`process ${claimed.other.pid} has it`)
  return claimed
}

test('a free lab can be claimed, and is free again after its release', async () => {
  const file = fresh()
  const claimed = await mine(file)
  expect(readRunning(file)?.pid).toBe(process.pid)
  expect(await claim(file)).toEqual({ other: { pid: process.pid } })
  claimed.release()
  expect(existsSync(file)).toBe(false)
  ;(await mine(file)).release()
})

test('a lab whose record is gone is taken all the same', async () => {
  const file = fresh()
  await mine(file)
  rmSync(file)
  expect(await claim(file)).toEqual({ other: { pid: undefined } })
})

test('a record that another process has written is not removed with one’s own claim', async () => {
  const file = fresh()
  const claimed = await mine(file)
  const other = { pid: process.ppid, identity: identityOf(process.ppid) }
  writeFileSync(file, JSON.stringify(other))
  claimed.release()
  expect(readRunning(file)).toEqual(other)
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
  async () => {
    const file = fresh()
    writeFileSync(file, JSON.stringify({ pid: process.ppid, identity: '1 of-another-boot' }))
    expect(readRunning(file)).toBeUndefined()
    await mine(file)
  },
)

test.each(['{"pid": 4194304}', '{"pid": 41', ''])(
  'what a killed process has left (%s) does not count',
  async (text) => {
    const file = fresh()
    writeFileSync(file, text)
    await mine(file)
    expect(readRunning(file)?.pid).toBe(process.pid)
  },
)

test('of four that start at the same moment one has the lab, each time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'running-'))
  const rounds = 40
  const files = Array.from({ length: rounds }, (_, round) => join(folder, `${round}.json`))
  // What a killed run has left is in all their ways.
  for (const file of files) writeFileSync(file, '{"pid": 4194304}')
  const script = join(import.meta.dirname, 'claim-all.ts')
  const start = String(Date.now() + 4000)
  const claimants = Array.from({ length: 4 }, () =>
    promisify(execFile)(process.execPath, [...typescript, script, start, ...files]),
  )
  const held = (await Promise.all(claimants)).map(({ stdout }) => JSON.parse(stdout) as boolean[])
  const holders = files.map((_, round) => held.filter((one) => one[round]).length)
  expect(holders).toEqual(files.map(() => 1))
})
