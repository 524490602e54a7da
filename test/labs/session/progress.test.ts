import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readProgress, recordPass } from '../../../labs/session/progress.ts'

const fresh = () => mkdtempSync(join(tmpdir(), 'progress-'))
const [first, later] = [new Date('2026-01-01T00:00:00Z'), new Date('2026-02-01T00:00:00Z')]

test('a pass is kept by slug, with the time of the first', () => {
  const state = fresh()
  recordPass('load-balancer', 'balance', first, state)
  recordPass('load-balancer', 'balance', later, state)
  recordPass('load-balancer', 'static-files', later, state)
  expect(readProgress(state)).toEqual({
    'load-balancer': { balance: first.toISOString(), 'static-files': later.toISOString() },
  })
})

test('a file that cannot be read is set aside, not overwritten', () => {
  const state = fresh()
  writeFileSync(join(state, 'progress.json'), '{"version": 2}')
  recordPass('load-balancer', 'balance', first, state)
  expect(readProgress(state)).toHaveProperty('load-balancer.balance')
  expect(readdirSync(state).some((name) => name.startsWith('progress.json.unreadable.'))).toBe(true)
})
