import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { onTrial, trialNote } from '../../../../labs/runtime/apply/trial.ts'

test('a note stands while files are on trial, and stays when the trial did not come to an end', async () => {
  const live = join(mkdtempSync(join(tmpdir(), 'trial-')), 'live')
  expect(await onTrial(live, async () => existsSync(trialNote(live)))).toBe(true)
  expect(existsSync(trialNote(live))).toBe(false)
  await expect(onTrial(live, () => Promise.reject(new Error('no engine')))).rejects.toThrow()
  expect(existsSync(trialNote(live))).toBe(true)
})
