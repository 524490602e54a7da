import {
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { handBack, sudoer } from '../../../labs/session/hand-back.ts'

describe('who typed sudo', () => {
  const env = { SUDO_UID: '1000', SUDO_GID: '1001' }
  test('is known to root alone', () => {
    expect(sudoer(env, 0)).toEqual({ uid: 1000, gid: 1001 })
    expect(sudoer(env, 1000)).toBeUndefined()
  })
  test('is nobody where root is at home, or has used sudo itself', () => {
    expect(sudoer({}, 0)).toBeUndefined()
    expect(sudoer({ SUDO_UID: '0', SUDO_GID: '0' }, 0)).toBeUndefined()
  })
})

test.skipIf(process.geteuid?.() !== 0)(
  'the reader owns what root has made, but for the engine',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'hand-back-'))
    const at = (path: string) => join(folder, path)
    for (const path of [
      'lab/work/nginx',
      'lab/work.2026',
      'state/labs/one/live',
      'state/engine',
      'bin',
    ])
      mkdirSync(at(path), { recursive: true })
    writeFileSync(at('lab/work/nginx/site.conf'), '')
    symlinkSync('/etc/hostname', at('lab/work/link'))
    handBack({ uid: 12_345, gid: 12_346 }, [{ folder: at('lab') }], {
      state: at('state'),
      packages: at('bin'),
    })
    const owner = (path: string) => lstatSync(at(path)).uid
    for (const path of [
      'lab/work/nginx/site.conf',
      'lab/work/link',
      'lab/work.2026',
      'state',
      'bin',
    ])
      expect(owner(path), path).toBe(12_345)
    expect(owner('state/labs/one/live')).toBe(12_345)
    expect([owner('state/engine'), owner('lab'), lstatSync('/etc/hostname').uid]).toEqual([0, 0, 0])
    rmSync(folder, { recursive: true })
  },
)

test.skipIf(process.geteuid?.() !== 0)(
  'packages are looked through where root has installed them; else only what tools keep there',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'hand-back-'))
    const at = (path: string) => join(folder, path)
    for (const path of ['node_modules/vue', 'node_modules/.cache/of-a-tool'])
      mkdirSync(at(path), { recursive: true })
    writeFileSync(at('node_modules/.package-lock.json'), '{}')
    const owners = () => {
      handBack({ uid: 12_345, gid: 12_346 }, [], {
        state: at('state'),
        packages: at('node_modules'),
      })
      return ['vue', '.cache/of-a-tool'].map((name) => lstatSync(at(`node_modules/${name}`)).uid)
    }
    chownSync(at('node_modules/.package-lock.json'), 12_345, 12_346)
    expect(owners()).toEqual([0, 12_345])
    chownSync(at('node_modules/.package-lock.json'), 0, 0)
    expect(owners()).toEqual([12_345, 12_345])
    rmSync(folder, { recursive: true })
  },
)
