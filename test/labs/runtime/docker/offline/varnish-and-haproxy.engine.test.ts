import './one-at-a-time.ts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { PrivateEngine } from '../../../../../labs/runtime/docker/offline/engine.ts'
import { docker, start, untilLogged, type Container, type Env } from '../../../../real/container.ts'
import { files, type Files } from '../../../../real/mounted.ts'
import { engineWith } from './ready-engine.ts'

const VARNISH = 'four-tiers/varnish:7.7'
const HAPROXY = 'four-tiers/haproxy:3.0'
let engine: PrivateEngine
let env: Env
const made: (Container | Files)[] = []

beforeAll(async () => {
  engine = await engineWith('varnish:7.7', 'haproxy:3.0')
  env = engine.env
})
afterEach(async () => {
  for (const thing of made.splice(0)) await thing.remove()
})
afterAll(() => engine.stop())

async function mounted(texts: Record<string, string>): Promise<Files> {
  const all = await files(texts)
  made.push(all)
  return all
}
async function runs(...args: string[]): Promise<Container> {
  const container = await start(env, '--publish', '127.0.0.1::80', ...args)
  made.push(container)
  return container
}
const get = async ({ id }: Container): Promise<Response> =>
  fetch(`http://${await docker(env, 'port', id, '80')}`)
const SYNTH = 'vcl 4.1; backend default none; sub vcl_recv { return (synth(200, "from vcl")); }'

test('varnish runs default.vcl on port 80 as the user varnish, with the memory it is given', async () => {
  const { at } = await mounted({ 'default.vcl': SYNTH })
  const container = await runs(...at('/etc/varnish'), '--env', 'VARNISH_SIZE=32M', VARNISH)
  await untilLogged(env, container, 'Child launched OK')
  expect((await get(container)).statusText).toBe('from vcl')
  expect(await container.exec('id', '-un')).toBe('varnish')
  const command = await docker(env, 'top', container.id, '-eo', 'pid,args')
  expect(command).toMatch(/varnishd -F -f \/etc\/varnish\/default\.vcl .*-s malloc,32M/)
})

test('flags for varnish are added to its own', async () => {
  const container = await runs(VARNISH, '-p', 'default_ttl=7')
  await untilLogged(env, container, 'Child launched OK')
  expect(await container.exec('varnishadm', 'param.show', 'default_ttl')).toMatch(
    /Value is: 7\.000/,
  )
})

test('varnish without a backend answers 503', async () => {
  const container = await runs(VARNISH)
  await untilLogged(env, container, 'Child launched OK')
  expect((await get(container)).status).toBe(503)
})

test('the official varnish image has no varnishreload, so this one has none', async () => {
  const found = await docker(
    env,
    'run',
    '--rm',
    VARNISH,
    'sh',
    '-c',
    'command -v varnishreload || echo none',
  )
  expect(found).toBe('none')
})

const HAPROXY_CFG = `defaults
  mode http
  timeout client 9s
  timeout connect 9s
  timeout server 9s
listen web
  bind :80
  http-request return status 200 content-type text/plain string "from haproxy"
`

test('haproxy runs its file as the user haproxy, 99, with a master that can be reloaded', async () => {
  const { at } = await mounted({ 'haproxy.cfg': HAPROXY_CFG })
  const container = await runs(...at('/usr/local/etc/haproxy'), HAPROXY)
  await untilLogged(env, container, 'Loading success')
  expect(await (await get(container)).text()).toBe('from haproxy')
  expect(await container.exec('id', '-u')).toBe('99')
  expect(await docker(env, 'top', container.id, '-eo', 'pid,args')).toContain(
    'haproxy -W -db -f /usr/local/etc/haproxy/haproxy.cfg',
  )
  await docker(env, 'stop', container.id)
  expect(await container.inspect('{{.State.ExitCode}}')).toMatch(/^(0|143)$/)
})

test('haproxy has no file of its own: a lab brings it', async () => {
  const container = await runs(HAPROXY)
  expect(await docker(env, 'wait', container.id)).toBe('1')
  expect(await container.logs()).toContain('/usr/local/etc/haproxy/haproxy.cfg')
})
