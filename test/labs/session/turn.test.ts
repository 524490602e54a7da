import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Place } from '../../../labs/runtime/docker/place.ts'
import { claim } from '../../../labs/session/running.ts'
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

/** Somebody else's, as far as the lab can tell. */
async function taken(turn: string) {
  const claimed = await claim(turn)
  if ('other' in claimed) throw new Error('is not free')
  return claimed
}

test('what another check does is waited for, and told once', async () => {
  const { turn, place: lab } = place()
  const other = await taken(turn)
  const told: string[] = []
  const onWait = () => {
    told.push('waiting')
    other.release()
  }
  expect(await inTurn(lab, { onWait }, () => Promise.resolve(told.length))).toBe(1)
})

test('waiting ends with the signal', async () => {
  const { turn, place: lab } = place()
  await taken(turn)
  const signal = AbortSignal.abort(new Error('SIGINT'))
  await expect(inTurn(lab, { signal }, () => Promise.resolve())).rejects.toThrow()
})

test('what a dead process has left is not waited for', async () => {
  const { turn, place: lab } = place()
  writeFileSync(turn, JSON.stringify({ pid: 4_194_304 }))
  expect(await inTurn(lab, {}, () => Promise.resolve('done'))).toBe('done')
})
