import './one-at-a-time.ts'
import { readFile } from 'node:fs/promises'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PrivateEngine } from '../../../../../labs/runtime/docker/offline/engine.ts'
import { freeGateway } from '../../../../../labs/runtime/docker/offline/bridges.ts'
import { runtimeFolder } from '../../../../../labs/runtime/docker/offline/runtime-folder.ts'
import { docker, start, type Container, type Env } from '../../../../real/container.ts'
import { folder } from './engine-under-test.ts'
import { engineWith } from './ready-engine.ts'

let engine: PrivateEngine
let env: Env
let web: Container
let client: Container

const forwarding = () => readFile('/proc/sys/net/ipv4/ip_forward', 'utf8')
let before = ''

const SERVER = `require('http').createServer((q, s) => s.end(q.socket.remoteAddress)).listen(80)`
/** A small program in the client, since an image has only the tools of the official one. */
const inClient = (program: string) => client.exec('node', '-e', program)

/** As a killed engine leaves it behind: the bridge that this one would choose, with its address. */
const stale = 'ft-test-stale'
const ip = (...args: string[]) => execa('ip', args)
const wanted = freeGateway(runtimeFolder(folder).bridge, [])!
// Docker's own choice.
const first = '172.17.0.1/16'

beforeAll(async () => {
  await ip('link', 'add', stale, 'type', 'bridge')
  await ip('link', 'set', stale, 'up')
  for (const address of [wanted, first]) await ip('addr', 'add', address, 'dev', stale)
  before = await forwarding()
  engine = await engineWith('node:22-slim')
  env = engine.env
  await docker(env, 'network', 'create', 'front')
  const image = ['--init', 'four-tiers/node:22-slim']
  const network = ['--network', 'front', '--network-alias']
  web = await start(env, ...network, 'web', '--publish', '127.0.0.1::80', ...image, '-e', SERVER)
  client = await start(env, ...network, 'client', ...image, '-e', 'setInterval(() => {}, 1e9)')
})
afterAll(async () => {
  await web.remove()
  await client.remove()
  await docker(env, 'network', 'rm', 'front')
  await engine.stop()
  await ip('link', 'del', stale)
})

test('containers of one network find each other by name', async () => {
  const said = await inClient(`fetch('http://web/').then(async (r) => console.log(await r.text()))`)
  const address = await client.inspect('{{.NetworkSettings.Networks.front.IPAddress}}')
  expect(said).toBe(`::ffff:${address}`)
})

test('the name of a server that is not there fails at once, as not found', async () => {
  const lookup = `const t = performance.now()
    require('dns').lookup('nobody', (e) => console.log(e.code, performance.now() - t < 1000))`
  expect(await inClient(lookup)).toBe('ENOTFOUND true')
})

test('a published port is reached on this machine’s loopback, and nowhere else', async () => {
  const port = (await docker(env, 'port', web.id, '80')).trim()
  expect(port).toMatch(/^127\.0\.0\.1:\d+$/)
  const answer = await fetch(`http://${port}/`)
  const gateway = await web.inspect('{{.NetworkSettings.Networks.front.Gateway}}')
  expect(await answer.text()).toBe(`::ffff:${gateway}`)
})

test('nor does an address of a bridge that was left behind keep a published port from answering', async () => {
  const publish = ['--publish', '127.0.0.1::80', '--init', 'four-tiers/node:22-slim']
  const other = await start(env, ...publish, '-e', SERVER)
  try {
    const gateway = await other.inspect('{{.NetworkSettings.Gateway}}')
    expect([wanted, first].map((address) => address.split('/')[0])).not.toContain(gateway)
    const port = (await docker(env, 'port', other.id, '80')).trim()
    const address = `http://${port}/`
    const answer = await fetch(address, { signal: AbortSignal.timeout(10_000) })
    expect(await answer.text()).toBe(`::ffff:${gateway}`)
  } finally {
    await other.remove()
  }
})

test('a container has no way out, and this machine forwards no more than before', async () => {
  // 192.0.2.0/24 and its like are for documentation: nobody is there, and no packet is to try.
  const connect = `const socket = require('net').connect({ host: '203.0.113.9', port: 80, timeout: 500 })
    socket.on('connect', () => console.log('out')).on('error', () => console.log('no'))
    socket.on('timeout', () => { console.log('no'); process.exit() })`
  expect(await inClient(connect)).toBe('no')
  expect(await forwarding()).toBe(before)
})

test('Docker’s warning that networking will not work, which would be wrong here, is not shown', async () => {
  const create = ['create', '--name', 'warned', 'four-tiers/node:22-slim']
  const { stderr } = await execa('docker', create, { env })
  await docker(env, 'rm', 'warned')
  expect(stderr).toBe('')
})

test('a build that needs the network takes the host’s, others need none', async () => {
  const file = 'FROM four-tiers/node:22-slim\nRUN node --version\n'
  const built = execa('docker', ['build', '--quiet', '-'], { env, input: file })
  const image = (await built).stdout
  expect(image).toMatch(/^sha256:/)
  await docker(env, 'image', 'rm', image)
})
