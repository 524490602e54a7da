import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { readLab } from '../../../labs/catalog/catalog.ts'
import { readFolder, sameFiles } from '../../../labs/runtime/apply/files.ts'
import { trialNote } from '../../../labs/runtime/apply/trial.ts'
import { labFolders } from '../../../labs/session/folders.ts'
import { readersFiles } from '../../../labs/session/reader-files.ts'
import { ensureWork, forgetGoodFiles, replaceWork } from '../../../labs/session/work-folder.ts'
import { labCalled } from '../lab-under-test.ts'

afterEach(() => vi.unstubAllEnvs())

const now = new Date('2026-11-23T14:05:09')

/** A lab's folder of its own, so that nobody's work is at stake. */
function copyOfLab() {
  const folder = join(mkdtempSync(join(tmpdir(), '四层 lab ')), '01-load-balancer')
  cpSync(labCalled('load-balancer').folder, folder, {
    recursive: true,
    filter: (path) => !/[\\/]work(\.|$)/.test(path),
  })
  const lab = readLab(folder)
  return { lab, folders: labFolders(lab, join(folder, 'state')) }
}

test('the first visit copies the starter, the second leaves the reader alone', () => {
  const { lab, folders } = copyOfLab()
  expect(ensureWork(lab, folders)).toBe(true)
  writeFileSync(join(folders.work, 'compose.yaml'), 'mine')
  expect(ensureWork(lab, folders)).toBe(false)
  expect(readFileSync(join(folders.work, 'compose.yaml'), 'utf8')).toBe('mine')
})

test('a Chinese reader begins with Chinese comments, and with nothing else that differs', () => {
  const { lab, folders } = copyOfLab()
  const file = 'nginx/teahouse.conf'
  const read = (folder: string) => readFileSync(join(folder, file), 'utf8')
  vi.stubEnv('FOUR_TIERS_LANG', 'zh')
  ensureWork(lab, folders)
  const starter = read(join(lab.folder, 'starter'))
  const chinese = read(folders.work)
  expect(chinese).toContain('# TODO 任务 1：')
  expect(read(folders.live)).toBe(chinese)
  expect(sameFiles(readersFiles(lab, 'starter'), readFolder(folders.live))).toBe(true)
  const code = (text: string) => text.split('\n').filter((line) => !/^\s*#/.test(line))
  expect(code(chinese)).toEqual(code(starter))
  replaceWork(lab, 'solution', now)
  expect(read(folders.work)).toContain('# CPU 翻倍，请求也翻倍。')
  vi.unstubAllEnvs()
  replaceWork(lab, 'starter', now)
  expect(read(folders.work)).toBe(starter)
})

test('files that were on trial when the process died are not believed: the starter serves', () => {
  const { lab, folders } = copyOfLab()
  ensureWork(lab, folders)
  const file = join(folders.live, 'nginx/teahouse.conf')
  writeFileSync(file, 'broken {')
  writeFileSync(trialNote(folders.live), '')
  ensureWork(lab, folders)
  expect(readFileSync(file, 'utf8')).toBe(
    readFileSync(join(lab.folder, 'starter/nginx/teahouse.conf'), 'utf8'),
  )
  expect(existsSync(trialNote(folders.live))).toBe(false)
})

test('a folder that the reader calls work.new is left alone', () => {
  const { lab, folders } = copyOfLab()
  ensureWork(lab, folders)
  renameSync(folders.work, `${folders.work}.new`)
  writeFileSync(join(`${folders.work}.new`, 'mine.txt'), 'mine')
  ensureWork(lab, folders)
  replaceWork(lab, 'solution', now)
  expect(readFileSync(join(`${folders.work}.new`, 'mine.txt'), 'utf8')).toBe('mine')
})

/** Nothing can be copied from it, as from a disk that is full: cp refuses a pipe. */
const spoil = (folder: string) => execFileSync('mkfifo', [join(folder, 'nginx/pipe')])

test.runIf(process.platform !== 'win32')('a first copy that fails leaves nothing behind', () => {
  const { lab, folders } = copyOfLab()
  spoil(join(lab.folder, 'starter'))
  const before = readdirSync(lab.folder)
  expect(() => ensureWork(lab, folders)).toThrow()
  expect(readdirSync(lab.folder)).toEqual(before)
})

test.runIf(process.platform !== 'win32')('a reset that fails leaves the reader’s files', () => {
  const { lab, folders } = copyOfLab()
  ensureWork(lab, folders)
  writeFileSync(join(folders.work, 'mine.txt'), 'mine')
  spoil(join(lab.folder, 'starter'))
  const before = readdirSync(lab.folder)
  expect(() => replaceWork(lab, 'starter', now)).toThrow(`your files are in ${folders.work}`)
  expect(readFileSync(join(folders.work, 'mine.txt'), 'utf8')).toBe('mine')
  expect(readdirSync(lab.folder)).toEqual(before)
})

/** Mounting is for root, and for Linux. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0

test.runIf(canMount)('a reset on a full disk leaves the reader’s files, and says where', () => {
  const original = copyOfLab().lab
  const disk = mkdtempSync(join(tmpdir(), 'full-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk])
  try {
    const folder = join(disk, '01-load-balancer')
    cpSync(original.folder, folder, { recursive: true })
    const lab = readLab(folder)
    const folders = labFolders(lab, join(disk, 'state'))
    ensureWork(lab, folders)
    writeFileSync(join(folders.work, 'mine.txt'), 'mine')
    fill(disk)
    expect(() => replaceWork(lab, 'starter', now)).toThrow(
      `The disk is full. Nothing is lost: your files are in ${folders.work}`,
    )
    expect(readFileSync(join(folders.work, 'mine.txt'), 'utf8')).toBe('mine')
  } finally {
    execFileSync('umount', [disk])
    rmSync(disk, { recursive: true })
  }
})

function fill(disk: string): void {
  try {
    for (let number = 0; ; number++)
      writeFileSync(join(disk, `ballast.${number}`), Buffer.alloc(4096))
  } catch {
    // No room for one more.
  }
}

test.runIf(existsSync('/dev/shm'))('a work folder on another disk is kept, too', () => {
  const { lab, folders } = copyOfLab()
  const elsewhere = mkdtempSync('/dev/shm/four-tiers-work-')
  try {
    symlinkSync(elsewhere, folders.work, 'dir')
    writeFileSync(join(folders.work, 'mine.txt'), 'mine')
    const kept = replaceWork(lab, 'starter', now)!
    expect(readFileSync(join(kept, 'mine.txt'), 'utf8')).toBe('mine')
    expect(readdirSync(elsewhere).sort()).toEqual(readdirSync(join(lab.folder, 'starter')).sort())
  } finally {
    rmSync(elsewhere, { recursive: true })
  }
})

test('good files that do not start any more go with a reset', () => {
  const { lab, folders } = copyOfLab()
  ensureWork(lab, folders)
  rmSync(join(folders.live, 'nginx/teahouse.conf'))
  forgetGoodFiles(folders)
  ensureWork(lab, folders)
  expect(existsSync(join(folders.live, 'nginx/teahouse.conf'))).toBe(true)
})

test('a reset keeps a dated copy, and a second one in the same second another', () => {
  const { lab, folders } = copyOfLab()
  ensureWork(lab, folders)
  writeFileSync(join(folders.work, 'mine.txt'), 'first')
  const kept = replaceWork(lab, 'starter', now)!
  expect(kept).toMatch(/work\.2026-11-23T14-05-09$/)
  expect(readFileSync(join(kept, 'mine.txt'), 'utf8')).toBe('first')
  expect(existsSync(join(folders.work, 'mine.txt'))).toBe(false)
  expect(replaceWork(lab, 'solution', now)).toMatch(/-2$/)
})

test('a work folder that is gone comes back with a reset', () => {
  const { lab, folders } = copyOfLab()
  ensureWork(lab, folders)
  rmSync(folders.work, { recursive: true })
  expect(replaceWork(lab, 'starter', now)).toBeUndefined()
  expect(readdirSync(folders.work).sort()).toEqual(readdirSync(join(lab.folder, 'starter')).sort())
})
