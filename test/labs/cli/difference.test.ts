import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Lab } from '../../../labs/catalog/catalog.ts'
import { differenceOf } from '../../../labs/cli/commands/difference.ts'
import { labCalled } from '../lab-under-test.ts'

const file = 'compose.yaml'
let lab: Lab
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'difference-'))
  lab = { ...labCalled('load-balancer'), folder }
  cpSync(join(labCalled('load-balancer').folder, 'solution'), join(folder, 'solution'), {
    recursive: true,
  })
  cpSync(join(folder, 'solution'), join(folder, 'work'), { recursive: true })
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(lab.folder, { recursive: true })
})

test('what differs is shown, and what does not is said', async () => {
  expect(await differenceOf(lab, file, false)).toContain('the same as yours')
  writeFileSync(join(lab.folder, 'work', file), 'mine: 1\n')
  const difference = await differenceOf(lab, file, false)
  expect(difference).toMatch(/^-mine: 1$/m)
  expect(difference).toMatch(/^\+\+\+ b\/.*\/solution\/compose\.yaml$/m)
})

test('in Chinese our comments are Chinese, and no difference', async () => {
  vi.stubEnv('FOUR_TIERS_LANG', 'zh')
  const comments = { 'Three servers.': '三台服务器。' }
  writeFileSync(join(lab.folder, 'comments.zh.json'), JSON.stringify(comments))
  writeFileSync(join(lab.folder, 'solution', file), '# Three servers.\nservices: {}\n')
  writeFileSync(join(lab.folder, 'work', file), '# 三台服务器。\nservices: {}\n')
  expect(await differenceOf(lab, file, false)).toContain('和你的一样')
})

test('a file that the reader has deleted is ours alone', async () => {
  rmSync(join(lab.folder, 'work', file))
  expect(await differenceOf(lab, file, false)).toMatch(/^\+services:$/m)
})

test('without git nothing is called the same', async () => {
  vi.stubEnv('PATH', join(lab.folder, 'nothing'))
  await expect(differenceOf(lab, file, false)).rejects.toMatchObject({
    message: expect.stringContaining('git could not compare'),
    next: expect.stringContaining(`solution/${file}`),
  })
})
