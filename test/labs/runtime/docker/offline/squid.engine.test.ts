import './one-at-a-time.ts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { PrivateEngine } from '../../../../../labs/runtime/docker/offline/engine.ts'
import { docker, start, untilLogged, type Container, type Env } from '../../../../real/container.ts'
import { files, type Files } from '../../../../real/mounted.ts'
import { engineWith } from './ready-engine.ts'

const SQUID = 'four-tiers/ubuntu/squid:6.6-24.04_beta'
let engine: PrivateEngine
let env: Env
const made: (Container | Files)[] = []

beforeAll(async () => {
  engine = await engineWith('ubuntu/squid:6.6-24.04_beta')
  env = engine.env
})
afterEach(async () => {
  for (const thing of made.splice(0)) await thing.remove()
})
afterAll(() => engine.stop())

const CONFIG = 'http_port 3128 accel defaultsite=squid.test\nhttp_access deny all\n'

test('squid runs squid.conf in the foreground, and its logs are the container’s', async () => {
  const mounted = await files({ 'squid.conf': CONFIG })
  made.push(mounted)
  const container = await start(
    env,
    '--publish',
    '127.0.0.1::3128',
    ...mounted.at('/etc/squid'),
    SQUID,
  )
  made.push(container)
  await untilLogged(env, container, 'Accepting reverse-proxy HTTP Socket connections')
  const answer = await fetch(`http://${await docker(env, 'port', container.id, '3128')}/tea`)
  expect([answer.status, answer.headers.get('x-squid-error')]).toEqual([403, 'ERR_ACCESS_DENIED 0'])
  await untilLogged(env, container, 'TCP_DENIED/403')
  expect(await docker(env, 'top', container.id, '-eo', 'pid,args')).toContain(
    'squid -f /etc/squid/squid.conf -NYC',
  )
})
