import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { labCalled } from '../lab-under-test.ts'
import { storeCalled } from './redis-in-memory.ts'
import { chance, groups, later, WebServers } from './web-servers.ts'

/** Who is away, and for whom, is seldom the same for all connections, and for all servers. */
vi.mock('ioredis', () => import('./redis-in-memory.ts'))
/** By the clock that the tests turn. */
vi.mock('node:timers/promises', () => ({
  setTimeout: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
}))

const run = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const never = () => new Promise<void>(() => {})

/** The first such command finds that its connection was lost. */
function lostAt(
  isMeant: (command: string) => boolean,
): (command: string) => Promise<void> | undefined {
  let isLost = false
  return (command) => {
    if (isLost || !isMeant(command)) return undefined
    isLost = true
    return Promise.reject(new Error('Connection is closed.'))
  }
}

let servers: WebServers
beforeEach(async () => {
  vi.useFakeTimers()
  servers = await WebServers.start()
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

test('a connection that was lost unnoticed keeps no page from being deleted at the master', async () => {
  const { main, web1, web2 } = servers
  chance(0)
  await servers.read(web1)
  await later()
  main.before = lostAt((command) => command === 'exec')
  await servers.write(web1, 'topic:7', 'second')
  for (const web of [web1, web2]) {
    expect((await servers.read(web)).value).toBe('second')
    await later()
  }
})

test('nor does it keep a group that does not hear on the list', async () => {
  const { near, main, web1, web2 } = servers
  chance(1)
  await servers.read(web2)
  await later()
  // It answers all who read, and takes too long to delete.
  near[1]!.before = (command) => (command.startsWith('unlink') ? never() : undefined)
  main.before = lostAt((command) => command === 'eval board unsettled')
  expect(await servers.write(web1, 'topic:7', 'second')).toBeGreaterThan(200)
  expect((await servers.read(web2)).value).toBe('second')
})

test('a group that takes too long to hear keeps no other off the list', async () => {
  const { near, main, web1, web2 } = servers
  near[0]!.before = (command) => (command === 'ping' ? after(200) : undefined)
  main.hashes.clear()
  await run(1000)
  expect([...main.hash('board').keys()].sort()).toEqual(['near2', 'near3'])
  for (const web of [web1, web2]) {
    await servers.read(web)
    await later()
  }
})

test('a process shows its own reply though the master takes a second to note it', async () => {
  const { main, web1, web2 } = servers
  chance(0)
  for (const web of [web1, web2]) await servers.read(web)
  main.before = (command) => (command.startsWith('hset board') ? after(900) : undefined)
  await servers.write(web1, 'topic:7', 'second')
  expect((await servers.begin(web1)).value).toBe('second')
  await run(80)
  expect((await servers.begin(web2)).value).toBe('second')
})

test('whoever writes while the master is away waits until nobody goes by an older list', async () => {
  const { main, web1 } = servers
  main.cut()
  await run(500)
  expect(await servers.write(web1, 'topic:7', 'second')).toBeGreaterThan(1500 + 200)
})

test('all groups are frozen: a page that nobody has comes after one patience, and not two', async () => {
  const { near, web1 } = servers
  for (const group of near) group.freeze()
  const from = performance.now()
  expect((await servers.read(web1, 'topic:8')).value).toBe('first')
  expect(performance.now() - from).toBeLessThan(400)
})

describe('which groups may be asked', () => {
  async function open() {
    const file = join(labCalled('multi-level').folder, 'solution/app/main-level.ts')
    const { openMain } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
      openMain: (names: readonly string[]) => { isCurrent(): boolean; groups(): object }
    }
    const main = openMain(['redis1', 'copy1'])
    await run(100)
    expect(Object.keys(main.groups()).sort()).toEqual(groups)
    return main
  }

  test('is known as long as the master answers nobody: nobody can change it', async () => {
    const main = await open()
    storeCalled('redis1').freeze()
    for (let turn = 0; turn < 100; turn++) {
      await run(10)
      expect(main.isCurrent(), `after ${turn * 10} ms`).toBe(true)
    }
  })

  test('is not known to a process that stood still, until it has looked again', async () => {
    const main = await open()
    const store = storeCalled('redis1')
    store.freeze()
    await run(50)
    // Its clock has gone on, and what was asked before has had no time to be heard.
    const now = performance.now.bind(performance)
    vi.spyOn(performance, 'now').mockImplementation(() => now() + 300)
    await run(90)
    expect(main.isCurrent()).toBe(false)
    store.thaw()
    await run(50)
    expect(main.isCurrent()).toBe(true)
  })
})
