import { expect, test } from 'vitest'
import { parseStatus } from '../../../../labs/runtime/docker/health.ts'

test.each([
  ['running', 'Up 3 seconds (healthy)', { state: 'running', hasHealthCheck: true }],
  ['running', 'Up 3 seconds', { state: 'running', hasHealthCheck: false }],
  ['running', 'Up 3 seconds (health: starting)', { state: 'starting', hasHealthCheck: true }],
  ['running', 'Up 2 minutes (unhealthy)', { state: 'unhealthy', hasHealthCheck: true }],
  ['paused', 'Up 2 minutes (Paused)', { state: 'paused' }],
  ['restarting', 'Restarting (1) 1 second ago', { state: 'restarting', exitCode: 1 }],
  ['exited', 'Exited (137) 5 seconds ago', { state: 'exited', exitCode: 137 }],
  ['created', 'Created', { state: 'starting' }],
])('docker ps says %s, %s', (state, status, told) =>
  expect(parseStatus('web', state, status)).toEqual({ service: 'web', ...told }),
)
