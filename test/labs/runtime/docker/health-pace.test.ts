import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { setHealthPace } from '../../../../labs/runtime/docker/health-pace.ts'
import { healthFile } from '../../../../labs/runtime/docker/place.ts'
import { fakeDocker } from './fake-docker.ts'

async function laidOver(docker: ReturnType<typeof fakeDocker>): Promise<object> {
  onTestFinished(docker.remove)
  docker.write('answer', '{"services":{"db":{"healthcheck":{"interval":"1s"}},"web":{}}}')
  await setHealthPace(docker.place)
  const { services } = JSON.parse(readFileSync(healthFile(docker.place.live), 'utf8'))
  return services as object
}

test('a server is asked seldom once it is well, one without a health check never', async () => {
  expect(await laidOver(fakeDocker())).toEqual({
    db: { healthcheck: expect.objectContaining({ start_interval: '500ms', interval: '30s' }) },
  })
})

test('nothing is laid over on an engine that does not know it', async () => {
  expect(await laidOver(fakeDocker({ api: '1.43' }))).toEqual({})
})

test('nor where Compose refuses it', async () => {
  const docker = fakeDocker()
  docker.write('refuse', '')
  expect(await laidOver(docker)).toEqual({})
})
