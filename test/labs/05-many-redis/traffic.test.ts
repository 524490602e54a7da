import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { labCalled } from '../lab-under-test.ts'
import { typescript } from '../../real/typescript.ts'

const { folder } = labCalled('many-redis')

test('the recorded day is what its generator writes, every time', () => {
  const command = [...typescript, join(folder, 'traffic/generate.mts')]
  const written = execFileSync(process.execPath, command, { encoding: 'utf8' })
  expect(written).toBe(readFileSync(join(folder, 'traffic/day.tsv'), 'utf8'))
})
