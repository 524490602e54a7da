import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { NotStarted } from '../../../labs/runtime/docker/start.ts'
import { labFolders } from '../../../labs/session/folders.ts'
import { startWithGoodFiles } from '../../../labs/session/good-files.ts'
import { ensureWork } from '../../../labs/session/work-folder.ts'
import { labCalled } from '../lab-under-test.ts'

/** A lab whose last good files lack one that its servers want. */
function lacking(file: string) {
  const folder = mkdtempSync(join(tmpdir(), 'good-files-'))
  const lab = { ...labCalled('load-balancer'), folder }
  cpSync(join(labCalled('load-balancer').folder, 'starter'), join(folder, 'starter'), {
    recursive: true,
  })
  const folders = labFolders(lab, join(folder, 'state'))
  ensureWork(lab, folders)
  for (const place of [folders.work, folders.live]) rmSync(join(place, file))
  const started = vi.fn(async () => {
    if (!existsSync(join(folders.live, file))) throw new NotStarted('web1 said: no', 'doctor')
  })
  const starting = { lab, folders, runtime: { down: vi.fn(async () => {}) }, report: vi.fn() }
  return { starting, started, folders }
}

test('where the last good files do not start, the starter does, and the reader’s stay', async () => {
  const { starting, started, folders } = lacking('nginx/teahouse.conf')
  await startWithGoodFiles(starting, started)
  expect(started).toHaveBeenCalledTimes(2)
  expect(starting.runtime.down).toHaveBeenCalledOnce()
  expect(starting.report).toHaveBeenCalledWith(expect.stringContaining('do not start any more'))
  expect(existsSync(join(folders.work, 'nginx/teahouse.conf'))).toBe(false)
})

test('what else goes wrong, and a starter that does not start, are told at once', async () => {
  const { starting, started } = lacking('compose.yaml')
  started.mockRejectedValue(new Error('no engine'))
  await expect(startWithGoodFiles(starting, started)).rejects.toThrow('no engine')
  expect(started).toHaveBeenCalledTimes(1)
  started.mockRejectedValue(new NotStarted('web1 said: no', 'doctor'))
  await expect(startWithGoodFiles(starting, started)).rejects.toThrow('web1 said: no')
  await expect(startWithGoodFiles(starting, started)).rejects.toThrow('web1 said: no')
  expect(started).toHaveBeenCalledTimes(4)
})
