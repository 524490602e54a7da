import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { chromiumPath } from '../../../../../.vitepress/preview/chromium.ts'
import { whyNoBrowser } from '../../../../../labs/runtime/docker/offline/browser.ts'
import type { Machine } from '../../../../../labs/runtime/docker/offline/requirements.ts'

const debian: Machine = {
  ...{ platform: 'linux', uid: 1000, arch: 'x64', distribution: 'debian' },
  ...{ hasApt: true, hasKeyring: true, freeMegabytes: 5000 },
}

test('Debian needs nothing for a browser of the project’s own, not even root', () =>
  expect(whyNoBrowser(debian, '/cache')).toBeUndefined())

test.each([
  ['no apt', { hasApt: false }, /No Chromium was found/],
  ['no keys of Debian', { hasKeyring: false }, /No Chromium was found/],
  ['another system', { platform: 'darwin' }, /No Chromium was found/],
  ['another processor', { arch: 'riscv64' }, /No Chromium was found/],
  ['a full disk', { freeMegabytes: 100 }, /\/cache has 100 MB left/],
])('%s: what to type instead is said', (_, part, found) => {
  const error = whyNoBrowser({ ...debian, ...part }, '/cache')
  expect(error?.message).toMatch(found)
  expect(error?.next).toContain('CHROMIUM_PATH=')
})

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'four-tiers-browser-'))))
afterEach(() => rmSync(folder, { recursive: true }))

test('the browser that is named comes before every other', () =>
  expect(chromiumPath({ CHROMIUM_PATH: '/opt/chrome' })).toBe('/opt/chrome'))

test('where none is, the place that needs one says how to bring it', () => {
  const env = { FOUR_TIERS_BROWSER: 'private', FOUR_TIERS_CACHE: folder }
  expect(() => chromiumPath(env)).toThrow('npm run chromium')
})
