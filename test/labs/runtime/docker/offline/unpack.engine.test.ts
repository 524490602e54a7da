import './one-at-a-time.ts'
import { existsSync, statfsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa, execaSync } from 'execa'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ENGINE, folderOf } from '../../../../../labs/runtime/docker/offline/packages.ts'
import { runtimeFolder } from '../../../../../labs/runtime/docker/offline/runtime-folder.ts'
import { startPrivateEngine } from '../../../../../labs/runtime/docker/offline/engine.ts'
import { elsewhere } from './engine-under-test.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'four-tiers-unpack-'))
})
afterEach(async () => {
  expect(existsSync(runtimeFolder(folder).path)).toBe(false)
  await rm(folder, { recursive: true, force: true })
})

/** Starts, and does something when a step is reached. */
const startUntil = (step: RegExp, then: () => unknown, signal?: AbortSignal) =>
  startPrivateEngine({
    folder,
    signal,
    onProgress: (progress) => void (step.test(progress.step) && then()),
  })

test('an interrupted unpack is not taken for a whole one, and the next run completes it', async () => {
  const ctrlC = new AbortController()
  const starting = startUntil(/unpack/, () => ctrlC.abort(new Error('Ctrl-C')), ctrlC.signal)
  await expect(starting).rejects.toThrow('Ctrl-C')
  expect(existsSync(folderOf(ENGINE, folder))).toBe(false)
  expect(await readdir(join(folder, 'packages'))).toEqual([])
  // A run that was killed could not even clean up after itself.
  await mkdir(join(`${folderOf(ENGINE, folder)}.draft`, 'root', 'half'), { recursive: true })
  const engine = await startUntil(/never/, () => {})
  expect(await readdir(join(folder, 'packages'))).toEqual([
    folderOf(ENGINE, folder).split('/').at(-1),
  ])
  await engine.stop()
})

test('apt’s own lists and settings are neither read nor written', async () => {
  const system = () =>
    execa('find', ['/var/lib/apt', '/var/cache/apt', '/etc/apt', '-newer', join(folder, 'mark')])
  await execa('touch', [join(folder, 'mark')])
  const engine = await startUntil(/never/, () => {})
  await engine.stop()
  expect((await system()).stdout).toBe('')
  expect(existsSync(join(folder, 'apt'))).toBe(false)
})

test('a disk that fills up half-way is named, and nothing half-unpacked is left', async () => {
  await execa('mount', ['-t', 'tmpfs', '-o', 'size=1600m', 'none', folder])
  try {
    const fill = (): void => {
      const { bavail, bsize } = statfsSync(folder)
      execaSync('fallocate', ['-l', String(bavail * bsize - 20_000_000), join(folder, 'filler')])
    }
    const starting = startUntil(/unpack the engine/, fill)
    await expect(starting).rejects.toMatchObject({
      name: 'EnvironmentError',
      message: expect.stringContaining('disk is full'),
      next: expect.stringContaining('Free 2 GB'),
    })
    expect(await readdir(join(folder, 'packages'))).toEqual([])
  } finally {
    await execa('umount', [folder])
  }
})

test('a mirror out of reach is an error of the environment that says what to try', async () => {
  const { report } = await elsewhere(folder, 'unshare', '--net')
  expect(report).toEqual({
    found: expect.stringMatching(/mirror http.* gave no packages/),
    next: expect.stringContaining('curl -I'),
  })
})

test('without root nothing is tried', async () => {
  await chmod(folder, 0o777)
  const { report } = await elsewhere(folder, 'setpriv', '--reuid', '65534', '--clear-groups')
  expect(report).toEqual({
    found: expect.stringContaining('needs root'),
    next: expect.stringContaining('sudo'),
  })
  expect(await readdir(folder)).toEqual([])
})

test('a file system that cannot hold Docker’s layers is an error that says where to move', async () => {
  const layered = `mkdir -p "$0/lower" "$0/upper" "$0/work" "$0/merged"
    mount -t overlay none -o "lowerdir=$0/lower,upperdir=$0/upper,workdir=$0/work" "$0/merged"
    exec "$@"`
  const merged = join(folder, 'merged')
  const under = ['unshare', '--mount', 'sh', '-c', layered, folder]
  const { report } = await elsewhere(merged, ...under)
  expect(report).toEqual({
    found: expect.stringContaining('cannot hold Docker’s layers'),
    next: expect.stringContaining('ext4'),
  })
})
