import './one-at-a-time.ts'
import { existsSync } from 'node:fs'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureStandIns } from '../../../../../labs/runtime/docker/offline/images.ts'
import { describeOfflinePlan } from '../../../../../labs/runtime/docker/offline/plan.ts'
import type { Progress } from '../../../../../labs/runtime/docker/offline/progress.ts'
import {
  startPrivateEngine,
  type PrivateEngine,
} from '../../../../../labs/runtime/docker/offline/engine.ts'
import { docker } from '../../../../real/container.ts'
import { folder } from './engine-under-test.ts'
import { engineWith } from './ready-engine.ts'

let engine: PrivateEngine
const image = 'redis:8.0'
const tag = `four-tiers/${image}`

beforeAll(async () => {
  engine = await engineWith(image)
})
afterAll(() => engine.stop())

/** Asks for the stand-in, and returns the steps that it took. */
async function ensure(): Promise<string[]> {
  const steps: Progress[] = []
  const onProgress = (progress: Progress): void => void steps.push(progress)
  await ensureStandIns({ env: engine.env, folder, images: [image], onProgress })
  return steps.map(({ step }) => step)
}
const tags = () => docker(engine.env, 'images', '--format', '{{.Repository}}:{{.Tag}}')

test('stand-ins never go by the official names', async () => {
  expect((await tags()).split('\n')).toSatisfy((names: string[]) =>
    names.every((name) => name.startsWith('four-tiers/')),
  )
})

test('what is there already takes no step at all, and the plan knows', async () => {
  expect(await ensure()).toEqual([])
  const plan = await describeOfflinePlan(folder, [image])
  expect(plan.every(({ already }) => already)).toBe(true)
})

test('an engine that lost its images is filled from the cache, without the network', async () => {
  await docker(engine.env, 'image', 'rm', '--force', tag)
  expect(await ensure()).toEqual(['load redis:8.0'])
  expect(await tags()).toContain(tag)
})

test('an image of an older stand-in is replaced by today’s', async () => {
  await docker(engine.env, 'tag', 'four-tiers/base:trixie', tag).catch(async () => {
    await docker(engine.env, 'image', 'rm', '--force', tag)
  })
  expect(await ensure()).toEqual(['load redis:8.0'])
  expect(await docker(engine.env, 'run', '--rm', tag, 'redis-server', '--version')).toContain(
    'v=8.0',
  )
})

test('a cached archive that cannot be read is built anew', async () => {
  const archives = join(folder, 'images')
  const name = (await readdir(archives)).find((file) => file.startsWith('redis-')) ?? ''
  await writeFile(join(archives, name), 'not an archive')
  await docker(engine.env, 'image', 'rm', '--force', tag)
  expect(await ensure()).toContain('build redis:8.0')
  expect(await tags()).toContain(tag)
})

test('a build leaves no package lists, no folders and no cache behind in the engine', async () => {
  expect(await tags()).not.toContain('lists')
  expect(await docker(engine.env, 'system', 'df', '--format', '{{.Type}} {{.Size}}')).toContain(
    'Build Cache 0B',
  )
  for (const path of ['apt', 'npm', 'transport', 'base.draft'])
    expect(existsSync(join(folder, path))).toBe(false)
})

test('an image that nobody wrote a stand-in for is refused before anything is done', async () => {
  const asked = ensureStandIns({
    env: engine.env,
    folder,
    images: [image, 'alpine:3'],
    onProgress: () => {},
  })
  await expect(asked).rejects.toMatchObject({
    name: 'EnvironmentError',
    message: expect.stringContaining('alpine:3'),
  })
})

test('an engine with a wiped data folder starts empty, and is filled again', async () => {
  await engine.stop()
  await rm(join(folder, 'data'), { recursive: true })
  engine = await startPrivateEngine({ folder, onProgress: () => {} })
  expect(await tags()).toBe('')
  expect(await ensure()).toEqual(['load redis:8.0'])
})
