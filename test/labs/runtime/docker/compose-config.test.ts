import { rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { resolveConfig, wantedServices } from '../../../../labs/runtime/docker/compose-config.ts'
import { fakeDocker } from './fake-docker.ts'

let docker: ReturnType<typeof fakeDocker>
beforeEach(() => {
  docker = fakeDocker()
  docker.write('answer', '{"services":{"web1":{},"nginx":{}}}')
  docker.write('compose.yaml', 'services: {}')
})
afterEach(() => docker.remove())

test('Compose is asked once while its files stay as they are', async () => {
  for (let time = 0; time < 3; time++)
    expect(await wantedServices(docker.place)).toEqual(['web1', 'nginx'])
  expect(docker.asked()).toBe(1)
})

test('and again when a file, or what it may interpolate, is another', async () => {
  await wantedServices(docker.place)
  docker.write('compose.yaml', 'services: { db: {} }')
  docker.write('answer', '{"services":{"db":{}}}')
  expect(await wantedServices(docker.place)).toEqual(['db'])
  await wantedServices({ ...docker.place, subnet: '10.1.1' })
  expect(docker.asked()).toBe(3)
})

test('every time of files that read others', async () => {
  docker.write('compose.yaml', 'include: [other.yaml]')
  await wantedServices(docker.place)
  await wantedServices(docker.place)
  expect(docker.asked()).toBe(2)
})

test('what Compose refuses is not remembered', async () => {
  docker.write('refuse', '')
  expect((await resolveConfig(docker.place)).exitCode).toBe(15)
  rmSync(docker.path('refuse'))
  expect((await resolveConfig(docker.place)).exitCode).toBe(0)
  expect(docker.asked()).toBe(2)
})
