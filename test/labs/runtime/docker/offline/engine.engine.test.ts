import './one-at-a-time.ts'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { identityOf } from '../../../../../labs/runtime/process-identity.ts'
import { runtimeFolder } from '../../../../../labs/runtime/docker/offline/runtime-folder.ts'
import {
  startPrivateEngine,
  type PrivateEngine,
} from '../../../../../labs/runtime/docker/offline/engine.ts'
import { docker, start, type Env } from '../../../../real/container.ts'
import { elsewhere, folder } from './engine-under-test.ts'
import { engineWith } from './ready-engine.ts'
import type { Traces } from './traces.ts'
import { typescript } from '../../../../real/typescript.ts'

const onProgress = () => {}
const place = runtimeFolder(folder)
const daemon = async (): Promise<number> => Number(await readFile(place.pidFile, 'utf8'))
const running: PrivateEngine[] = []

async function startHere(): Promise<PrivateEngine> {
  const engine = await startPrivateEngine({ folder, onProgress })
  running.push(engine)
  return engine
}

beforeAll(async () => {
  const engine = await engineWith('redis:8.0')
  await engine.stop()
})
afterEach(async () => {
  for (const engine of running.splice(0)) await engine.stop()
})
afterAll(() => expect(existsSync(place.path)).toBe(false))

test('the engine brings Compose and Buildx of its own, whatever the machine has', async () => {
  const { env } = await startHere()
  expect(await docker(env, 'version', '--format', '{{.Server.Version}}')).toMatch(/^26\.1/)
  expect(await docker(env, 'compose', 'version', '--short')).toMatch(/^2\.26/)
  expect(await docker(env, 'buildx', 'version')).toContain('0.13')
})

test('stop leaves no link, route, rule, mount, control group, process or socket behind', async () => {
  const script = fileURLToPath(new URL('trace-a-run.ts', import.meta.url))
  // In a network namespace of its own: other engines on this machine come and go meanwhile.
  const run = ['unshare', '--net', process.execPath, ...typescript, script]
  const { stdout } = await execa(run[0]!, run.slice(1))
  const { before, during, after } = JSON.parse(stdout) as Record<string, Traces>
  expect(during?.['links']).not.toEqual(before?.['links'])
  for (const kind of ['rules', 'rules6', 'policy', 'forwarding', 'mounts'])
    expect(during?.[kind]).toEqual(before?.[kind])
  expect(after).toEqual(before)
})

test('what was in the engine is there again at the next start', async () => {
  const first = await startHere()
  await docker(first.env, 'volume', 'create', 'kept')
  await first.stop()
  const second = await startHere()
  expect(await docker(second.env, 'volume', 'ls', '--quiet')).toContain('kept')
  await docker(second.env, 'volume', 'rm', 'kept')
})

test('two processes share one engine, and the last one out ends it', async () => {
  const here = await startHere()
  const shared = await daemon()
  const other = await elsewhere(folder)
  expect(other.report).toMatchObject({ env: { DOCKER_HOST: here.host } })
  await here.stop()
  expect(await daemon()).toBe(shared)
  expect(await docker(here.env, 'info', '--format', '{{.ID}}')).not.toBe('')
  await other.leave()
  expect(existsSync(place.path)).toBe(false)
})

test('two that start at once start one engine', async () => {
  const both = await Promise.all([elsewhere(folder), elsewhere(folder), startHere()])
  expect(both[0].report).toEqual(both[1].report)
  await both[0].leave()
  await both[1].leave()
  expect(await docker(both[2].env, 'info', '--format', '{{.ID}}')).not.toBe('')
})

test('an engine whose run was killed is taken over by the next one, containers and all', async () => {
  const killed = await elsewhere(folder)
  const { env } = killed.report as { env: Env }
  const { id } = await start(env, 'four-tiers/redis:8.0')
  const left = await daemon()
  killed.child.kill('SIGKILL')
  const engine = await startHere()
  expect(await daemon()).toBe(left)
  expect(await docker(engine.env, 'ps', '--quiet', '--no-trunc')).toBe(id)
  await docker(engine.env, 'rm', '--force', '--volumes', id)
})

test('a daemon that was killed is replaced, and its containers don’t run on', async () => {
  const first = await startHere()
  const container = await start(first.env, 'four-tiers/redis:8.0')
  const orphan = Number(await container.inspect('{{.State.Pid}}'))
  process.kill(await daemon(), 'SIGKILL')
  const second = await startHere()
  expect(identityOf(orphan)).toBeUndefined()
  expect(await docker(second.env, 'ps', '--quiet')).toBe('')
  await docker(second.env, 'rm', '--force', '--volumes', container.id)
})

test('a daemon whose data was deleted is replaced', async () => {
  const killed = await elsewhere(folder)
  const left = await daemon()
  killed.child.kill('SIGKILL')
  await rename(join(folder, 'data'), join(folder, 'deleted'))
  try {
    const engine = await startHere()
    expect(await daemon()).not.toBe(left)
    expect(await docker(engine.env, 'ps', '--all', '--quiet')).toBe('')
    await engine.stop()
  } finally {
    await rm(join(folder, 'data'), { recursive: true, force: true })
    await rename(join(folder, 'deleted'), join(folder, 'data'))
  }
})

test('a pid file that names somebody else’s process ends nobody', async () => {
  const bystander = execa('sleep', ['300'])
  await mkdir(place.path, { mode: 0o700, recursive: true })
  await execa('sh', ['-c', 'echo "$1" >"$2"', 'sh', String(bystander.pid), place.pidFile])
  const engine = await startHere()
  expect(await daemon()).not.toBe(bystander.pid)
  await engine.stop()
  expect(identityOf(bystander.pid ?? 0)).toBeDefined()
  bystander.kill('SIGKILL')
  await bystander.catch(() => {})
})

test('Ctrl-C in the terminal is not for the engine: it has a session of its own', async () => {
  await startHere()
  const stat = await readFile(`/proc/${await daemon()}/stat`, 'utf8')
  const [, , , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  expect(Number(session)).toBe(await daemon())
})

test('stopping twice is stopping once, and never ends what another one uses', async () => {
  const first = await startHere()
  const second = await startHere()
  await first.stop()
  await first.stop()
  expect(await docker(second.env, 'info', '--format', '{{.ID}}')).not.toBe('')
})

test('the engine’s log begins anew at each start, so that it does not grow for ever', async () => {
  const first = await startHere()
  await first.stop()
  await startHere()
  const log = await readFile(`${folder}/dockerd.log`, 'utf8')
  expect(log.match(/Daemon has completed initialization/g)).toHaveLength(1)
})

test('from start to start another address may be free: the engine takes what there is', async () => {
  const gateway = async () => {
    const { env, stop } = await startHere()
    const format = '{{(index .IPAM.Config 0).Gateway}}/24'
    const found = await docker(env, 'network', 'inspect', 'bridge', '--format', format)
    await stop()
    return found
  }
  const wanted = await gateway()
  await execa('ip', ['link', 'add', 'ft-test-taken', 'type', 'bridge'])
  try {
    await execa('ip', ['addr', 'add', wanted, 'dev', 'ft-test-taken'])
    expect(await gateway()).not.toBe(wanted)
  } finally {
    await execa('ip', ['link', 'del', 'ft-test-taken'])
  }
  expect(await gateway()).toBe(wanted)
})
