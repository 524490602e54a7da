import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Store, storeCalled } from './redis-in-memory.ts'
import { atLast, chance, groups, later, WebServers } from './web-servers.ts'

/** What the solution does step by step; the checks ask real servers. */
vi.mock('ioredis', () => import('./redis-in-memory.ts'))
/** By the clock that the tests turn. */
vi.mock('node:timers/promises', () => ({
  setTimeout: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
}))

let servers: WebServers
beforeEach(async () => {
  vi.useFakeTimers()
  servers = await WebServers.start()
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const pagesOf = (store: Store) => store.pages().filter((key) => key.endsWith('page:topic:7')).length

test('a page goes into the group that was asked and into the main level, and nowhere else', async () => {
  const { near, main, web1, web2 } = servers
  chance(1)
  expect((await servers.read(web1)).outcome).toBe('miss')
  expect([...near, main].map(pagesOf)).toEqual([0, 1, 0, 1])
  await later()
  chance(2)
  expect(await servers.read(web2)).toEqual({ outcome: 'hit', value: 'first' })
  expect([...near, main].map(pagesOf)).toEqual([0, 1, 1, 1])
  expect(servers.loads).toBe(1)
})

test('both levels away: what a group has is a hit, what none has comes from the database', async () => {
  const { main, web1 } = servers
  chance(0)
  await servers.read(web1)
  await later()
  main.freeze()
  storeCalled('copy1').freeze()
  expect((await servers.read(web1)).outcome).toBe('hit')
  expect((await servers.read(web1, 'topic:8')).outcome).toBe('bypass')
  expect(servers.loads).toBe(2)
})

test('many who want one page ask an empty group’s main level once, at both servers together', async () => {
  const { near, main, web1, web2 } = servers
  chance(0)
  await servers.read(web1)
  await later()
  near[0]!.keys.clear()
  main.commands.length = 0
  // Each answer of redis1 takes its time, so that both are under way at once.
  main.after = (command) =>
    command === 'get page:topic:7' ? new Promise((resolve) => setTimeout(resolve, 20)) : undefined
  const all = Array.from({ length: 60 }, (_, at) => servers.begin(at % 2 ? web1 : web2))
  await atLast(Promise.all(all), 10)
  expect(main.commands.filter((one) => one === 'get page:topic:7')).toHaveLength(1)
})

test('what does not exist is answered at once, time and again', async () => {
  chance(0)
  for (const web of [servers.web1, servers.web2, servers.web1]) {
    const from = performance.now()
    expect((await servers.read(web, 'topic:10')).value).toBeUndefined()
    expect(performance.now() - from).toBeLessThan(100)
  }
})

describe('when a write is answered', () => {
  test('no group shows the old page, at either server', async () => {
    const { web1, web2 } = servers
    for (const group of [0, 1, 2]) {
      chance(group)
      await servers.read(web1)
      await later()
    }
    await servers.write(web1, 'topic:7', 'second')
    for (const group of [0, 1, 2])
      for (const web of [web1, web2]) {
        chance(group)
        expect((await servers.read(web)).value).toBe('second')
        await later()
      }
  })

  test('the process of the other server shows it within a tenth of a second', async () => {
    const { web1, web2 } = servers
    chance(0)
    await servers.read(web2)
    await servers.write(web1, 'topic:7', 'second')
    await vi.advanceTimersByTimeAsync(80)
    expect((await servers.read(web2)).value).toBe('second')
  })

  test.each([0, 1, 2])(
    'a group that could not be told shows nothing old, from its first moment on (%i)',
    async (group) => {
      const { near, web1, web2 } = servers
      chance(group)
      await servers.read(web1)
      await later()
      near[group]!.cut()
      expect(await servers.write(web1, 'topic:7', 'second')).toBeLessThan(500)
      near[group]!.mend()
      for (const web of [web1, web2, web1, web2]) {
        expect((await servers.read(web)).value).toBe('second')
        await later()
      }
      const spoken = near[group]!.commands.length
      await servers.read(web2)
      expect(near[group]!.commands.length).toBeGreaterThan(spoken)
    },
  )

  test('only the first one waits for a group that is away', async () => {
    const { near, web1, web2 } = servers
    near[1]!.cut()
    expect(await servers.write(web1, 'topic:7', 'second')).toBeGreaterThan(200)
    expect(await servers.write(web2, 'topic:7', 'third')).toBeLessThan(50)
    expect(await servers.write(web1, 'topic:7', 'fourth')).toBeLessThan(50)
  })

  test('a group on nobody’s list meanwhile comes back with nothing', async () => {
    chance(2)
    await servers.read(servers.web1)
    await servers.restart(['near1', 'near2'])
    await servers.write(servers.web1, 'topic:7', 'second')
    await servers.restart(groups)
    chance(2)
    for (const web of [servers.web1, servers.web2])
      expect((await servers.read(web)).value).toBe('second')
  })
})

test('a process keeps two hundred pages, and each for two seconds', async () => {
  const { near, web1 } = servers
  chance(0)
  const names = Array.from({ length: 250 }, (_, at) => `front:${at}`)
  const asked = () => near[0]!.commands.filter((one) => one.startsWith('get ')).length
  await atLast(Promise.all(names.map((name) => servers.begin(web1, name))), 100)
  const before = asked()
  for (const name of [...names].reverse()) await servers.begin(web1, name)
  expect(asked() - before).toBe(50)
  await later()
  const after = asked()
  await servers.begin(web1, names.at(-1)!)
  expect(asked() - after).toBe(1)
})
