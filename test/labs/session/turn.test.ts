import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Place } from '../../../labs/runtime/docker/place.ts'
import { identityOf } from '../../../labs/runtime/process-identity.ts'
import { inTurn } from '../../../labs/session/turn.ts'
import { labCalled } from '../lab-under-test.ts'

function place() {
  const folder = mkdtempSync(join(tmpdir(), 'turn-'))
  const turn = join(folder, 'turn.json')
  return { turn, place: { live: join(folder, 'live'), lab: labCalled('load-balancer') } as Place }
}

test('the lab is taken for the work and free after it, even when it fails', async () => {
  const { turn, place: lab } = place()
  expect(await inTurn(lab, {}, () => Promise.resolve(existsSync(turn)))).toBe(true)
  await expect(inTurn(lab, {}, () => Promise.reject(new Error('broke')))).rejects.toThrow('broke')
  expect(existsSync(turn)).toBe(false)
})

test('what another living process does is waited for, and told once', async () => {
  const { turn, place: lab } = place()
  writeFileSync(turn, JSON.stringify({ pid: process.ppid, identity: identityOf(process.ppid) }))
  const told: string[] = []
  const onWait = () => {
    told.push('waiting')
    rmSync(turn)
  }
  expect(await inTurn(lab, { onWait }, () => Promise.resolve(told.length))).toBe(1)
})

test('waiting ends with the signal', async () => {
  const { turn, place: lab } = place()
  writeFileSync(turn, JSON.stringify({ pid: process.ppid, identity: identityOf(process.ppid) }))
  const signal = AbortSignal.abort(new Error('SIGINT'))
  await expect(inTurn(lab, { signal }, () => Promise.resolve())).rejects.toThrow()
})

test('what a dead process has left is not waited for', async () => {
  const { turn, place: lab } = place()
  writeFileSync(turn, JSON.stringify({ pid: 4_194_304 }))
  expect(await inTurn(lab, {}, () => Promise.resolve('done'))).toBe('done')
})
