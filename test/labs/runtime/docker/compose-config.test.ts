import { rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { resolveConfig, wantedServices } from '../../../../labs/runtime/docker/compose-config.ts'
import { fakeDocker } from './fake-docker.ts'

let docker: ReturnType<typeof fakeDocker>
beforeEach(() => {
  docker = fakeDocker()
  docker.write('answer', '{"services":{"web1":{},"nginx":{}}}')
  docker.write('lab/compose.yaml', 'services: {}')
})
afterEach(() => docker.remove())

test('Compose is asked once while its files stay as they are', async () => {
  for (let time = 0; time < 3; time++)
    expect(await wantedServices(docker.place)).toEqual(['web1', 'nginx'])
  expect(docker.asked()).toBe(1)
})

const read = ['live/compose.yaml', 'lab/compose.yaml', 'lab/.env', 'servers.yaml']
test.each(read)('and again when %s is another', async (file) => {
  await wantedServices(docker.place)
  docker.write(file, 'services: { db: {} }')
  docker.write('answer', '{"services":{"db":{}}}')
  expect(await wantedServices(docker.place)).toEqual(['db'])
  expect(docker.asked()).toBe(2)
})

test('and again when what they may interpolate is another', async () => {
  await wantedServices(docker.place)
  await wantedServices({ ...docker.place, subnet: '10.1.1' })
  expect(docker.asked()).toBe(2)
})

test('a lab’s own file that extends the servers of all labs is no reason to ask again', async () => {
  docker.write('lab/compose.yaml', 'services: { db: { extends: { file: ../servers.yaml } } }')
  await wantedServices(docker.place)
  await wantedServices(docker.place)
  expect(docker.asked()).toBe(1)
})

test.each(['include: [other.yaml]', 'x: { extends: { file: y } }', 'x: { env_file: y }'])(
  'every time of a reader’s file that reads others: %s',
  async (text) => {
    docker.write('live/compose.yaml', text)
    await wantedServices(docker.place)
    await wantedServices(docker.place)
    expect(docker.asked()).toBe(2)
  },
)

test('what Compose refuses is not remembered', async () => {
  docker.write('refuse', '')
  expect((await resolveConfig(docker.place)).exitCode).toBe(15)
  rmSync(docker.path('refuse'))
  expect((await resolveConfig(docker.place)).exitCode).toBe(0)
  expect(docker.asked()).toBe(2)
})
