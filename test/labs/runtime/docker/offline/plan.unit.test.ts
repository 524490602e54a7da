import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { BASE_KEY } from '../../../../../labs/runtime/docker/offline/base-image.ts'
import { rememberImages } from '../../../../../labs/runtime/docker/offline/memory.ts'
import { ENGINE, folderOf } from '../../../../../labs/runtime/docker/offline/packages.ts'
import { describeOfflinePlan } from '../../../../../labs/runtime/docker/offline/plan.ts'
import { keyOf } from '../../../../../labs/runtime/docker/offline/stand-in-key.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'four-tiers-plan-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('on a fresh machine the plan names the engine, a base and each image, with size and time', async () => {
  const plan = await describeOfflinePlan(folder, ['nginx:1.26', 'redis:8.0'])
  expect(plan.map((step) => step.what)).toEqual([
    expect.stringContaining('Docker Engine'),
    expect.stringContaining('smallest Debian'),
    expect.stringContaining('nginx:1.26'),
    expect.stringContaining('redis:8.0'),
  ])
  for (const { megabytes, seconds, already } of plan) {
    expect(megabytes).toBeGreaterThan(0)
    expect(seconds).toBeGreaterThan(0)
    expect(already).toBe(false)
  }
})

test('an image from the cache takes a second, and no base has to be built for it', async () => {
  await mkdir(join(folder, 'images'))
  await writeFile(join(folder, 'images', `nginx-${await keyOf('nginx')}.tar.zst`), '')
  const plan = await describeOfflinePlan(folder, ['nginx:1.26'])
  expect(plan.map((step) => step.seconds)).toEqual([10, 1])
})

test('what an earlier run did is marked as done', async () => {
  await mkdir(folderOf(ENGINE, folder), { recursive: true })
  await mkdir(join(folder, 'images'))
  await mkdir(join(folder, 'data'))
  await writeFile(join(folder, 'images', `base-${BASE_KEY}.tar.zst`), '')
  await rememberImages(folder, [{ image: 'nginx:1.26', key: await keyOf('nginx') }])
  const plan = await describeOfflinePlan(folder, ['nginx:1.26', 'redis:8.0'])
  expect(plan.map((step) => step.already)).toEqual([true, true, true, false])
})

test('an image whose stand-in was edited since has to be built again', async () => {
  await mkdir(join(folder, 'data'))
  await rememberImages(folder, [{ image: 'nginx:1.26', key: 'of-last-week' }])
  const plan = await describeOfflinePlan(folder, ['nginx:1.26'], { engine: false })
  expect(plan.map((step) => step.already)).toEqual([false, false])
})

test('an image nobody wrote a stand-in for is refused, with the names of those that are', async () => {
  await expect(describeOfflinePlan(folder, ['grafana:11'])).rejects.toMatchObject({
    name: 'EnvironmentError',
    message: expect.stringContaining('grafana:11'),
    next: expect.stringContaining('nginx:1.26'),
  })
})
