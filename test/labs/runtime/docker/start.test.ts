import { expect, test } from 'vitest'
import { takenPort } from '../../../../labs/runtime/docker/start.ts'

test.each([
  'Error starting userland proxy: listen tcp4 127.0.0.1:8080: bind: address already in use',
  'failed: Bind for 127.0.0.1:8080 failed: port is already allocated',
  'ports are not available: exposing port TCP 127.0.0.1:8080 -> 127.0.0.1:0: listen tcp',
])('a taken port is known by the words of every Docker: %s', (words) =>
  expect(takenPort(words)).toBe(8080),
)

test('another failure is not taken for it', () =>
  expect(takenPort('container web1 is unhealthy')).toBeUndefined())
