import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Place } from '../../../labs/runtime/docker/place.ts'
import { EnvironmentError } from '../../../labs/runtime/environment-error.ts'
import { labFolders } from '../../../labs/session/folders.ts'
import { startWhole } from '../../../labs/session/first-start.ts'
import { endLeftovers, removeLeftovers } from '../../../labs/session/leftovers.ts'
import { freeSubnet } from '../../../labs/session/subnet.ts'
import { labCalled } from '../lab-under-test.ts'

/** The same questions, of somebody who waits half a second. */
vi.mock(import('../../../labs/runtime/docker/ask-engine.ts'), async (original) => {
  const { askEngine } = await original()
  const impatient: typeof askEngine = (args, options) =>
    askEngine(args, { ...options, seconds: 0.5 })
  return { askEngine: impatient }
})

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'four-tiers-hangs-'))
  writeFileSync(join(folder, 'docker'), '#!/bin/sh\nexec /bin/sleep 60\n')
  chmodSync(join(folder, 'docker'), 0o755)
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`)
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const lab = labCalled('load-balancer')
const never = () => Promise.reject(new Error('came past an engine that hangs'))

test.each([
  ['looking for a free network', () => freeSubnet(1, 'four-tiers-test', {})],
  ['looking for what a killed run has left', () => removeLeftovers('four-tiers-test', {})],
  ['ending what a killed run has left', () => endLeftovers(lab, true, folder)],
  [
    'looking for data of an earlier run',
    () => {
      const place = { project: 'four-tiers-test', engine: {} } as Place
      return startWhole(place, labFolders(lab, folder), { down: never }, never)
    },
  ],
])('%s: an engine that hangs is told, with what to do', async (_, work) => {
  const error: unknown = await work().then(never, (reason: unknown) => reason)
  expect(error).toBeInstanceOf(EnvironmentError)
  expect(error).toMatchObject({
    message: expect.stringMatching(/engine hangs: `docker \w+.*` had no answer/),
    next: expect.stringContaining('npm run lab doctor'),
  })
})
