import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { pacedServices, setHealthPace } from '../../../../labs/runtime/docker/health-pace.ts'
import { healthFile } from '../../../../labs/runtime/docker/place.ts'
import { labCalled } from '../../lab-under-test.ts'
import { fakeDocker } from './fake-docker.ts'

test('the lab’s own servers that have a health check are asked seldom once they are well', () => {
  const { folder } = labCalled('cache-tier')
  const services = pacedServices(join(folder, 'compose.yaml'))
  // web1 has its check from what it shares with web2.
  for (const name of ['client', 'db', 'edge', 'nginx', 'varnish', 'web1'])
    expect(services[name]?.healthcheck).toMatchObject({ start_interval: '500ms', interval: '30s' })
})

test('a server without a health check gets none', () => {
  const { folder } = labCalled('layer-four')
  expect(Object.keys(pacedServices(join(folder, 'compose.yaml')))).toEqual(['client'])
})

describe('what is laid over the Compose file', () => {
  async function laidOver(docker: ReturnType<typeof fakeDocker>): Promise<string[]> {
    onTestFinished(docker.remove)
    docker.write('answer', '{"services":{}}')
    docker.write('compose.yaml', 'services: { db: { healthcheck: { interval: 1s } } }')
    await setHealthPace(docker.place)
    const { services } = JSON.parse(readFileSync(healthFile(docker.place.live), 'utf8'))
    return Object.keys(services as object)
  }

  test('is the pace of each server', async () => {
    expect(await laidOver(fakeDocker())).toEqual(['db'])
  })

  test('is nothing on an engine that does not know it', async () => {
    expect(await laidOver(fakeDocker({ api: '1.43' }))).toEqual([])
  })

  test('is nothing where Compose refuses it', async () => {
    const docker = fakeDocker()
    docker.write('refuse', '')
    expect(await laidOver(docker)).toEqual([])
  })
})
