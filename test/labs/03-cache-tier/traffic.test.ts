import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readRecording } from '../../../labs/kit/recording.ts'
import { labCalled } from '../lab-under-test.ts'
import { typescript } from '../../real/typescript.ts'

const { folder } = labCalled('cache-tier')

test('the recorded day is what its generator writes, every time', () => {
  const command = [...typescript, join(folder, 'traffic/generate.mts')]
  const written = execFileSync(process.execPath, command, { encoding: 'utf8' })
  expect(written).toBe(readFileSync(join(folder, 'traffic/day.tsv'), 'utf8'))
})

test('each kind of waste alone costs more than the 5 in 100 that are allowed', () => {
  const day = readRecording(folder, 'traffic/day.tsv')
  const share = (pattern: RegExp) =>
    (100 * day.filter(({ path }) => pattern.test(path)).length) / day.length
  expect(share(/^\/public\/.*\.svg/)).toBeGreaterThan(8)
  expect(share(/[?&]_=/)).toBeGreaterThan(8)
  expect(share(/^\/(?:favicon|topics\/404|wp-login|feed)/)).toBeGreaterThan(8)
  // What another task is about must not decide this one.
  expect(share(/utm_|fbclid|gclid/)).toBeLessThan(2)
})
