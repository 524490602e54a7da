import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import { readerOnEngine, whatIsLeft } from './engine-of-tests.ts'
import type { Reader } from './reader.ts'

let reader: Reader
let engine: Engine
readerOnEngine((given) => ({ reader, engine } = given))
const disks = new Set<string>()
afterAll(() => {
  for (const disk of disks) {
    execFileSync('umount', [disk])
    rmSync(disk, { recursive: true })
  }
})

/** Mounting is for root, and for Linux. */
const cannotMount = process.platform !== 'linux' || process.getuid?.() !== 0

function smallDisk(options: string): string {
  const folder = mkdtempSync(join(tmpdir(), '小 disk '))
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder])
  disks.add(folder)
  return folder
}

/** All but so many blocks of 4 KB. */
function fill(disk: string, free: number): void {
  const files: string[] = []
  for (;;) {
    const file = join(disk, `ballast.${files.length}`)
    files.push(file)
    try {
      writeFileSync(file, Buffer.alloc(4096))
    } catch {
      break
    }
  }
  for (const file of files.slice(-1 - free)) rmSync(file, { force: true })
}

/** What was written to it stays at the same path, on a disk with room. */
function moveToRoom(disk: string): void {
  const away = mkdtempSync(join(tmpdir(), 'away-'))
  cpSync(disk, away, { recursive: true, filter: (path) => !path.includes('ballast') })
  execFileSync('umount', [disk])
  disks.delete(disk)
  cpSync(away, disk, { recursive: true })
  rmSync(away, { recursive: true })
}

test('a state folder that cannot be is named, with what to do', async () => {
  const home = join(reader.folder, 'package.json', 'state')
  const { code, stderr } = await reader.run(['1', '--check'], { FOUR_TIERS_HOME: home })
  expect(code).toBe(3)
  expect(stderr).toContain(join(reader.folder, 'package.json'))
  expect(stderr).toContain('cannot be written')
  expect(stderr).toContain('FOUR_TIERS_HOME')
})

test.skipIf(cannotMount)('a state folder that may not be written is named, too', async () => {
  const home = smallDisk('size=1m,ro')
  for (const words of [
    ['1', '--check'],
    ['1', 'hint'],
  ]) {
    const { code, stderr } = await reader.run(words, { FOUR_TIERS_HOME: home })
    expect(code).toBe(3)
    expect(stderr).toContain(home)
    expect(stderr).toContain('cannot be written')
  }
})

test.skipIf(cannotMount)(
  'a full state folder is told; with room again the lab starts',
  async () => {
    const home = smallDisk('size=512k')
    const check = () => reader.run(['1', '--check', 'balance'], { FOUR_TIERS_HOME: home })
    // Full at once, and full in the middle of copying the reader's files.
    for (const free of [0, 3]) {
      fill(home, free)
      const { code, stderr } = await check()
      expect(code).toBe(3)
      expect(stderr).toContain('The disk is full.')
      expect(await whatIsLeft(engine, reader)).toEqual([])
    }
    moveToRoom(home)
    const { code, stdout, stderr } = await check()
    expect(code, stderr).toBe(1)
    expect(stdout).toContain('0 of 1 tasks pass.')
    rmSync(home, { recursive: true })
  },
)

test.skipIf(cannotMount)(
  'an engine that does not fit is told, and not believed the next time',
  async ({ skip }) => {
    if (!engine.isPrivate) skip('this machine has an engine of its own')
    const cache = smallDisk('size=8m')
    const env = { FOUR_TIERS_CACHE: cache, FOUR_TIERS_ENGINE: 'private' }
    for (const time of ['first', 'second']) {
      const { code, stderr } = await reader.run(['1', '--check'], env)
      expect(code, time).toBe(3)
      expect(stderr, time).toMatch(/disk is (?:nearly )?full/)
      expect(stderr, time).toContain('Next: ')
    }
  },
)
