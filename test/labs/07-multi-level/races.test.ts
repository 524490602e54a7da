import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { atLast, chance, later, WebServers } from './web-servers.ts'

/** Two servers and a slow answer, in an order that real servers have once in a thousand times. */
vi.mock('ioredis', () => import('./redis-in-memory.ts'))
/** By the clock that the tests turn. */
vi.mock('node:timers/promises', () => ({
  setTimeout: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
}))

const run = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const never = () => new Promise<void>(() => {})
/** Until this has come to pass. */
async function until(isSo: () => boolean): Promise<void> {
  for (let turns = 0; !isSo(); turns++) {
    if (turns > 5000) throw new Error('It does not come.')
    await run(1)
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

test('who has read the old page at the main level fills it in nowhere', async () => {
  const { near, main, web1, web2 } = servers
  chance(0)
  await servers.read(web1)
  await later()
  near[0]!.keys.clear()
  let writing: Promise<unknown> | undefined
  const second = () => Promise.resolve((servers.database['topic:7'] = 'second'))
  // The answer is on its way for as long as the write takes.
  main.after = (command) =>
    command === 'get page:topic:7' ? (writing ??= web1.change(['topic:7'], second)) : undefined
  await servers.read(web2)
  await later()
  expect((await servers.read(web2)).value).toBe('second')
  expect(writing).toBeDefined()
})

test('nobody brings the old page back from a main level that is slow to delete', async () => {
  const { main, web1, web2 } = servers
  chance(0)
  await servers.read(web1)
  await later()
  let goOn = () => {}
  const slowly = new Promise<void>((resolve) => (goOn = resolve))
  main.before = (command) => (command === 'exec' ? slowly : undefined)
  const writing = servers.write(web1, 'topic:7', 'second')
  await run(200)
  await servers.read(web2)
  goOn()
  await writing
  await later()
  expect((await servers.read(web2)).value).toBe('second')
})

test('a write that falls into a stall of the master deletes, as soon as it can', async () => {
  const { main, web1, web2 } = servers
  chance(1)
  await servers.read(web1)
  await later()
  main.freeze()
  await run(300)
  const writing = servers.write(web1, 'topic:7', 'second')
  await run(400)
  main.thaw()
  expect(await writing).toBeGreaterThan(300)
  for (const web of [web1, web2]) {
    expect((await servers.read(web)).value).toBe('second')
    await later()
  }
})

test('a second writer waits for those who still believe in a group that the first took off', async () => {
  const { near, main, web1, web2 } = servers
  chance(1)
  for (const name of ['topic:7', 'topic:9']) await servers.read(web2, name)
  await later()
  // It answers all who read, and takes too long to delete.
  near[1]!.before = (command) => (command.startsWith('unlink') ? never() : undefined)
  let isOff = false
  main.after = (command) => ((isOff ||= command === 'eval board unsettled'), undefined)
  const first = servers.write(web1, 'topic:7', 'second')
  await until(() => isOff)
  expect(await servers.write(web1, 'topic:9', 'second')).toBeGreaterThan(200)
  expect((await servers.read(web2, 'topic:9')).value).toBe('second')
  await first
})

test('a board that was lost with its server: nobody goes by the old one when a write is answered', async () => {
  const { main, web1, web2 } = servers
  chance(0)
  await servers.read(web2)
  await later()
  main.keys.clear()
  main.hashes.clear()
  expect(await servers.write(web1, 'topic:7', 'second')).toBeGreaterThan(200)
  expect((await servers.read(web2)).value).toBe('second')
})

test('changes are told apart though the master has begun anew', async () => {
  const { main, web1, web2 } = servers
  chance(0)
  await servers.read(web2)
  main.keys.clear()
  main.hashes.clear()
  await servers.write(web1, 'topic:7', 'second')
  await run(100)
  expect((await servers.read(web2)).value).toBe('second')
})

test('whoever comes after a write does not share what was fetched before it', async () => {
  const { near, web1, web2 } = servers
  chance(0)
  await servers.read(web1)
  await later()
  near[0]!.keys.clear()
  let isFilled = false
  // It is filled in at once, and the answer to that takes its time.
  near[0]!.after = (command) => {
    if (isFilled || !command.startsWith('eval') || near[0]!.pages().length === 0) return undefined
    isFilled = true
    return after(200)
  }
  const early = servers.begin(web2)
  await until(() => isFilled)
  await servers.write(web1, 'topic:7', 'second')
  chance(2)
  expect((await servers.read(web2)).value).toBe('second')
  expect((await servers.begin(web2)).value).toBe('second')
  await atLast(early, 20)
})

test('nor that there was no such topic', async () => {
  const { near, web1, web2 } = servers
  chance(0)
  expect((await servers.read(web2, 'topic:10')).value).toBeUndefined()
  await later()
  let isHeld = false
  near[0]!.after = (command) => {
    if (isHeld || !/^get .*page:topics$/.test(command)) return undefined
    isHeld = true
    return after(200)
  }
  const early = servers.begin(web2, 'topic:10')
  await until(() => isHeld)
  const open = () => Promise.resolve((servers.topics = [...servers.topics, 10]))
  await atLast(
    web1.change(['front'], open, () => ['topic:10']),
    1,
  )
  chance(2)
  expect((await servers.read(web2, 'topic:10')).value).toBe('first')
  await atLast(early, 20)
})
