import { execFile } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isInstalled } from '../../../labs/cli/installed.mjs'

const root = join(import.meta.dirname, '../../..')
const run = promisify(execFile)

describe('packages are installed when node_modules holds what the lock file says', () => {
  const forLabs = { 'node_modules/hono': { version: '4.0.0', integrity: 'sha512-a' } }
  const everything = {
    ...forLabs,
    'node_modules/vitepress': { version: '1.0.0', integrity: 'sha512-b', dev: true },
  }
  const locked = {
    ...{ '': { version: '0.1.0' }, ...everything },
    'node_modules/of-a-mac': { version: '2.0.0', integrity: 'sha512-c', optional: true },
  }

  test('a package for another system may be missing', () =>
    expect(isInstalled(locked, everything, true)).toBe(true))

  test('a lab needs no packages for development, the site does', () => {
    expect(isInstalled(locked, forLabs, false)).toBe(true)
    expect(isInstalled(locked, forLabs, true)).toBe(false)
  })

  test.each([
    ['a package that is missing', {}],
    ['another version', { 'node_modules/hono': { version: '3.9.0', integrity: 'sha512-a' } }],
    ['other contents', { 'node_modules/hono': { version: '4.0.0', integrity: 'sha512-x' } }],
    ['a package too many', { ...forLabs, 'node_modules/left-pad': { version: '1.0.0' } }],
  ])('%s is noticed', (_, installed) => expect(isInstalled(locked, installed, false)).toBe(false))
})

describe('install.mjs', () => {
  let folder: string
  const at = (file: string) => join(folder, file)
  const install = (...words: readonly string[]) =>
    run(process.execPath, [at('labs/cli/install.mjs'), ...words], {
      env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
    })

  /** A project with one package in it, and an npm that only says that it was called. */
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'four-tiers-install-'))
    mkdirSync(at('labs/cli'), { recursive: true })
    mkdirSync(at('node_modules'))
    for (const file of ['install.mjs', 'installed.mjs'])
      cpSync(join(root, 'labs/cli', file), at(`labs/cli/${file}`))
    const packages = { 'node_modules/hono': { version: '4.0.0', integrity: 'sha512-a' } }
    writeFileSync(at('package-lock.json'), JSON.stringify({ packages }))
    writeFileSync(at('node_modules/.package-lock.json'), JSON.stringify({ packages }))
    writeFileSync(at('npm'), `#!/bin/sh\necho "$@" >'${at('called')}'\n`)
    chmodSync(at('npm'), 0o755)
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test.skipIf(process.platform === 'win32')(
    'a lock file that is newer and says the same installs nothing',
    async () => {
      const later = new Date(Date.now() + 60_000)
      utimesSync(at('package-lock.json'), later, later)
      await install()
      expect(existsSync(at('called'))).toBe(false)
    },
  )

  test.skipIf(process.platform === 'win32')(
    'what the site needs besides comes beside what a running lab may be reading',
    async () => {
      const forLabs = { 'node_modules/hono': { version: '4.0.0', integrity: 'sha512-a' } }
      const dev = { 'node_modules/vitepress': { version: '1.0.0', integrity: 'b', dev: true } }
      writeFileSync(at('package-lock.json'), JSON.stringify({ packages: { ...forLabs, ...dev } }))
      await install()
      expect(existsSync(at('called'))).toBe(false)
      await install('--everything')
      expect(readFileSync(at('called'), 'utf8')).toMatch(/^install --no-save --no-audit /)
    },
  )

  test.skipIf(process.platform === 'win32').each(['{}', '{"packages', undefined])(
    'what npm left as %j is installed anew',
    async (text) => {
      if (text === undefined) rmSync(at('node_modules/.package-lock.json'))
      else writeFileSync(at('node_modules/.package-lock.json'), text)
      await install()
      expect(readFileSync(at('called'), 'utf8')).toMatch(/^ci --omit=dev /)
    },
  )
})
