import './one-at-a-time.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PrivateEngine } from '../../../../../labs/runtime/docker/offline/engine.ts'
import { docker, start, untilLogged, type Env } from '../../../../real/container.ts'
import { files } from '../../../../real/mounted.ts'
import { engineWith } from './ready-engine.ts'

const IMAGE = 'four-tiers/node:22-slim'
let engine: PrivateEngine
let env: Env

beforeAll(async () => {
  engine = await engineWith('node:22-slim')
  env = engine.env
})
afterAll(() => engine.stop())

const runs = (...args: string[]): Promise<string> => docker(env, 'run', '--rm', IMAGE, ...args)

test('it is node 22 with the npm that belongs to it', async () => {
  expect(await runs('--version')).toMatch(/^v22\./)
  expect(await runs('npm', '--version')).toMatch(/^10\./)
  expect(await runs('npx', '--version')).toMatch(/^10\./)
})

test('flags and scripts are arguments of node, programs are run as they stand', async () => {
  const script = await files({ 'hello.js': 'console.log("hello", process.argv[2])' })
  const mount = script.at('/app')
  expect(await docker(env, 'run', '--rm', ...mount, IMAGE, '/app/hello.js', 'tea')).toBe(
    'hello tea',
  )
  expect(await runs('-p', '6 * 7')).toBe('42')
  expect(await runs('sh', '-c', 'echo shell')).toBe('shell')
  await script.remove()
})

test('there is a user node, 1000, with a home of its own', async () => {
  expect(
    await docker(
      env,
      'run',
      '--rm',
      '--user',
      'node',
      IMAGE,
      '-p',
      'os.userInfo().uid + os.homedir()',
    ),
  ).toBe('1000/home/node')
})

test('node as process 1 does not hear SIGTERM, and with --init it ends at once', async () => {
  const program = 'console.log("up"); setInterval(() => {}, 1e9)'
  const deaf = await start(env, IMAGE, '-e', program)
  const heeds = await start(env, '--init', IMAGE, '-e', program)
  await untilLogged(env, deaf, 'up')
  await untilLogged(env, heeds, 'up')
  await docker(env, 'stop', '--time', '1', deaf.id)
  await docker(env, 'stop', '--time', '60', heeds.id)
  expect(await deaf.inspect('{{.State.ExitCode}}')).toBe('137')
  expect(await heeds.inspect('{{.State.ExitCode}}')).toBe('143')
  await deaf.remove()
  await heeds.remove()
})
