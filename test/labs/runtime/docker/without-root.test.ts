import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { chooseEngine } from '../../../../labs/runtime/docker/engine.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

test.runIf(process.platform === 'linux')(
  'without root no plan is announced that root alone can carry out',
  async () => {
    const cache = mkdtempSync(join(tmpdir(), 'without-root-'))
    vi.stubEnv('FOUR_TIERS_ENGINE', 'private')
    vi.spyOn(process, 'getuid').mockReturnValue(1000)
    const consent = vi.fn(() => Promise.resolve(true))
    const wish = { cache, images: ['nginx:1.26'], report: () => {}, consent }
    await expect(chooseEngine(wish)).rejects.toMatchObject({ name: 'EnvironmentError' })
    expect(consent).not.toHaveBeenCalled()
    rmSync(cache, { recursive: true })
  },
)
