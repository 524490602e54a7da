import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pacedServices } from '../../../../labs/runtime/docker/health-pace.ts'
import { labCalled } from '../../lab-under-test.ts'

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
