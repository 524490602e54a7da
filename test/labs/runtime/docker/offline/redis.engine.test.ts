import './one-at-a-time.ts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { PrivateEngine } from '../../../../../labs/runtime/docker/offline/engine.ts'
import { docker, start, untilLogged, type Container, type Env } from '../../../../real/container.ts'
import { files, type Files } from '../../../../real/mounted.ts'
import { engineWith } from './ready-engine.ts'

const IMAGE = 'four-tiers/redis:8.0'
let engine: PrivateEngine
let env: Env
const made: (Container | Files)[] = []

beforeAll(async () => {
  engine = await engineWith('redis:8.0')
  env = engine.env
})
afterEach(async () => {
  for (const thing of made.splice(0)) await thing.remove()
})
afterAll(() => engine.stop())

async function redis(options: string[] = [], ...command: string[]): Promise<Container> {
  const container = await start(env, ...options, IMAGE, ...command)
  made.push(container)
  await untilLogged(env, container, 'Ready to accept connections')
  return container
}

test('it runs as the user redis, 999, in a /data of its own', async () => {
  const container = await redis()
  expect(await docker(env, 'top', container.id, '-eo', 'uid,pid,args')).toMatch(
    /^\s*999\s+\d+\s+redis-server \*:6379/m,
  )
  expect(await container.exec('stat', '-c', '%u %n', '/data')).toBe('999 /data')
  expect(await container.exec('redis-cli', 'config', 'get', 'dir')).toBe('dir\n/data')
})

test('flags alone are meant for redis-server', async () => {
  const container = await redis([], '--maxmemory', '2mb', '--appendonly', 'yes')
  expect(await container.exec('redis-cli', 'config', 'get', 'maxmemory')).toBe('maxmemory\n2097152')
})

test('so is a .conf file', async () => {
  const conf = await files({ 'my.conf': 'maxmemory-policy allkeys-lru\n' })
  made.push(conf)
  const container = await redis(conf.at('/etc/mine'), '/etc/mine/my.conf')
  expect(await container.exec('redis-cli', 'config', 'get', 'maxmemory-policy')).toContain(
    'allkeys-lru',
  )
})

test('a neighbour is let in without a password, as in the official image', async () => {
  const server = await redis()
  const address = await server.inspect('{{.NetworkSettings.IPAddress}}')
  expect(await docker(env, 'run', '--rm', IMAGE, 'redis-cli', '-h', address, 'ping')).toBe('PONG')
})

test('unless the configuration says otherwise', async () => {
  const conf = await files({ 'my.conf': 'protected-mode yes\n' })
  made.push(conf)
  const server = await redis(conf.at('/etc/mine'), '/etc/mine/my.conf')
  const address = await server.inspect('{{.NetworkSettings.IPAddress}}')
  expect(await docker(env, 'run', '--rm', IMAGE, 'redis-cli', '-h', address, 'ping')).toContain(
    'DENIED',
  )
})

test('docker stop saves what is in memory, and it is there after the next start', async () => {
  const container = await redis()
  await container.exec('redis-cli', 'set', 'tea', 'oolong')
  await docker(env, 'stop', container.id)
  expect(await container.inspect('{{.State.ExitCode}}')).toBe('0')
  await docker(env, 'start', container.id)
  await untilLogged(env, container, 'DB loaded from disk')
  expect(await container.exec('redis-cli', '--no-raw', 'get', 'tea')).toBe('"oolong"')
})

test('a master’s replica and a sentinel find it by its name', async () => {
  await docker(env, 'network', 'create', 'replicas')
  const name = (alias: string): string[] => ['--network', 'replicas', '--network-alias', alias]
  const conf = await files({
    'sentinel.conf': 'sentinel resolve-hostnames yes\nsentinel monitor tea master 6379 1\n',
  })
  try {
    await redis(name('master'))
    const replica = await redis(name('replica'), '--replicaof', 'master', '6379')
    await untilLogged(env, replica, 'MASTER <-> REPLICA sync: Finished')
    const sentinel = await start(
      env,
      ...name('sentinel'),
      ...conf.at('/conf'),
      IMAGE,
      'redis-sentinel',
      '/conf/sentinel.conf',
    )
    made.push(sentinel)
    await untilLogged(env, sentinel, '+monitor master tea')
    await untilLogged(env, sentinel, '+slave slave')
  } finally {
    for (const thing of made.splice(0)) await thing.remove()
    await docker(env, 'network', 'rm', 'replicas')
    await conf.remove()
  }
})

test('Debian’s own configuration is not there for a lab to lean on', async () => {
  const found = await docker(
    env,
    'run',
    '--rm',
    IMAGE,
    'sh',
    '-c',
    'ls -d /etc/redis /var/lib/redis 2>&1 || :',
  )
  expect(found).not.toMatch(/^\/etc\/redis/m)
})
