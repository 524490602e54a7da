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

test('changes are told apart though the master has forgotten the last one', async () => {
  const { main, web1, web2 } = servers
  const beginAnew = async () => {
    main.keys.clear()
    main.hashes.clear()
    await run(300)
  }
  await beginAnew()
  chance(0)
  await servers.read(web2)
  await servers.write(web1, 'topic:7', 'second')
  await run(80)
  await beginAnew()
  expect((await servers.read(web2)).value).toBe('second')
})

test('whoever comes while another is about to fail asks once more', async () => {
  const { web1 } = servers
  let fail: ((error: Error) => void) | undefined
  chance(0)
  const failing = web1.read('topic:7', () => new Promise((_, reject) => (fail = reject)))
  const failed = failing.catch(String)
  await until(() => fail !== undefined)
  const joined = servers.begin(web1)
  await run(10)
  fail?.(new Error('The database is away.'))
  expect((await atLast(joined, 10)).value).toBe('first')
  expect(await failed).toContain('away')
})

test('a reading that has lasted does not go by a group that was taken off meanwhile', async () => {
  const { near, web1, web2 } = servers
  const [kept, page] = [near[1]!, 'topic:7']
  let goOn = () => {}
  const held = new Promise<void>((resolve) => (goOn = resolve))
  let loads = 0
  // It has read the old page, and stops for a while.
  const load = async () => {
    const value = servers.database[page] ?? 'first'
    if (loads++ === 0) await held
    return value
  }
  chance(1)
  const slow = web1.read(page, load)
  await until(() => loads === 1)
  await servers.write(web1, page, 'second')
  await servers.read(web2)
  expect(kept.pages().filter((key) => key.endsWith(page))).toHaveLength(1)
  // web2 reaches it no more; web1 does.
  kept.before = (command) => (command.startsWith('unlink') ? never() : undefined)
  await servers.write(web2, page, 'third')
  chance(0)
  const joined = servers.begin(web1)
  goOn()
  expect((await atLast(joined, 10)).value).toBe('third')
  await atLast(slow, 10)
})
