import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { labCalled } from '../lab-under-test.ts'
import { forgetStores, type Store, storeCalled } from './redis-in-memory.ts'

/** The solution of two web servers, over Redis in memory and a clock of our own; the checks ask real ones. */
vi.mock('ioredis', () => import('./redis-in-memory.ts'))
/** By the clock that the tests turn. */
vi.mock('node:timers/promises', () => ({
  setTimeout: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
}))

interface Found {
  readonly outcome: string
  readonly value: unknown
}
interface Cache {
  read(name: string, load: () => Promise<unknown>): Promise<Found>
  change(names: readonly string[], write: () => Promise<unknown>): Promise<unknown>
}
const file = join(labCalled('multi-level').folder, 'solution/app/cache.ts')
const { openCache } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
  openCache: (forum: object) => Cache
}

const groups = ['near1', 'near2', 'near3']
let near: Store[] = []
let main: Store
let database = 'first'
let loads = 0
let web1: Cache
let web2: Cache

function open(row: readonly string[]): Cache {
  process.env.NEAR_URL = `redis://${row.join()}`
  const topicIds = () => Promise.resolve([7, 8, 9])
  return openCache({ redisUrl: 'redis://redis1,copy1', topicIds })
}
const load = () => {
  loads += 1
  return Promise.resolve(database)
}
const read = async (web: Cache, name = 'topic:7') => {
  const reading = web.read(name, load)
  for (let step = 0; step < 40; step++) await vi.advanceTimersByTimeAsync(20)
  return reading
}
const write = async (web: Cache, text: string) => {
  const from = performance.now()
  let ms = Infinity
  const writing = web
    .change(['topic:7'], () => Promise.resolve((database = text)))
    .then(() => (ms = performance.now() - from))
  for (let step = 0; step < 200; step++) await vi.advanceTimersByTimeAsync(10)
  await writing
  return ms
}
/** Long enough for a process to forget, and not for a group. */
const later = () => vi.advanceTimersByTimeAsync(2500)

beforeEach(async () => {
  vi.useFakeTimers()
  forgetStores()
  ;[database, loads] = ['first', 0]
  near = groups.map(storeCalled)
  main = storeCalled('redis1')
  ;[web1, web2] = [open(groups), open(groups)]
  await vi.advanceTimersByTimeAsync(1000)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** Chance picks this one of the groups that may be asked. */
const chance = (index: number) =>
  vi.spyOn(Math, 'random').mockReturnValue((index + 0.5) / groups.length)

const pagesOf = (store: Store) => store.pages().filter((key) => key.endsWith('page:topic:7')).length

test('a page goes into the group that was asked and into the main level, and nowhere else', async () => {
  chance(1)
  expect((await read(web1)).outcome).toBe('miss')
  expect([...near, main].map(pagesOf)).toEqual([0, 1, 0, 1])
  await later()
  chance(2)
  expect(await read(web2)).toEqual({ outcome: 'hit', value: 'first' })
  expect([...near, main].map(pagesOf)).toEqual([0, 1, 1, 1])
  expect(loads).toBe(1)
})

test('both levels away: what a group has is a hit, what none has comes from the database', async () => {
  chance(0)
  await read(web1)
  await later()
  main.freeze()
  storeCalled('copy1').freeze()
  expect((await read(web1)).outcome).toBe('hit')
  expect((await read(web1, 'topic:8')).outcome).toBe('bypass')
  expect(loads).toBe(2)
})

test('many who want one page ask an empty group’s main level once', async () => {
  chance(0)
  await read(web1)
  await later()
  near[0]!.keys.clear()
  main.commands.length = 0
  const all = Array.from({ length: 30 }, () => web1.read('topic:7', load))
  await vi.advanceTimersByTimeAsync(500)
  await Promise.all(all)
  expect(main.commands.filter((one) => one === 'get page:topic:7')).toHaveLength(1)
})

describe('when a write is answered', () => {
  test('no group shows the old page, at either server', async () => {
    for (const group of [0, 1, 2]) {
      chance(group)
      await read(web1)
      await later()
    }
    await write(web1, 'second')
    for (const group of [0, 1, 2])
      for (const web of [web1, web2]) {
        chance(group)
        expect((await read(web)).value).toBe('second')
        await later()
      }
  })

  test('the process of the other server shows it within a tenth of a second', async () => {
    chance(0)
    await read(web2)
    const writing = web1.change(['topic:7'], () => Promise.resolve((database = 'second')))
    await vi.advanceTimersByTimeAsync(20)
    await writing
    await vi.advanceTimersByTimeAsync(80)
    expect((await read(web2)).value).toBe('second')
  })

  test('a reader who has read the old one at the main level before fills it in nowhere', async () => {
    chance(0)
    await read(web1)
    await later()
    near[0]!.keys.clear()
    const get = 'get page:topic:7'
    let writing: Promise<unknown> | undefined
    const second = () => Promise.resolve((database = 'second'))
    // The answer is on its way for as long as the write takes.
    main.after = (command) =>
      command === get ? (writing ??= web1.change(['topic:7'], second)) : undefined
    await read(web2)
    await later()
    expect((await read(web2)).value).toBe('second')
    expect(writing).toBeDefined()
  })

  test('no reader brings the old one back from a main level that is slow to delete', async () => {
    chance(0)
    await read(web1)
    await later()
    let goOn = () => {}
    const slowly = new Promise<void>((resolve) => (goOn = resolve))
    main.before = (command) => (command === 'exec' ? slowly : undefined)
    const writing = web1.change(['topic:7'], () => Promise.resolve((database = 'second')))
    await vi.advanceTimersByTimeAsync(200)
    await read(web2)
    goOn()
    await vi.advanceTimersByTimeAsync(200)
    await writing
    await later()
    expect((await read(web2)).value).toBe('second')
  })

  test.each([0, 1, 2])(
    'a group that could not be told shows nothing old, from its first moment on (%i)',
    async (group) => {
      chance(group)
      await read(web1)
      await later()
      near[group]!.cut()
      expect(await write(web1, 'second')).toBeLessThan(500)
      near[group]!.mend()
      for (const web of [web1, web2, web1, web2]) {
        expect((await read(web)).value).toBe('second')
        await later()
      }
      const spoken = near[group]!.commands.length
      await read(web2)
      expect(near[group]!.commands.length).toBeGreaterThan(spoken)
    },
  )

  test('only the first one waits for a group that is away', async () => {
    near[1]!.cut()
    expect(await write(web1, 'second')).toBeGreaterThan(200)
    expect(await write(web2, 'third')).toBeLessThan(50)
    expect(await write(web1, 'fourth')).toBeLessThan(50)
  })

  test('a group on nobody’s list meanwhile comes back with nothing', async () => {
    chance(2)
    await read(web1)
    vi.clearAllTimers()
    ;[web1, web2] = [open(['near1', 'near2']), open(['near1', 'near2'])]
    await vi.advanceTimersByTimeAsync(1000)
    await write(web1, 'second')
    vi.clearAllTimers()
    ;[web1, web2] = [open(groups), open(groups)]
    await vi.advanceTimersByTimeAsync(1000)
    chance(2)
    for (const web of [web1, web2]) expect((await read(web)).value).toBe('second')
  })
})

test('a process keeps two hundred pages, and each for two seconds', async () => {
  chance(0)
  const names = Array.from({ length: 250 }, (_, at) => `front:${at}`)
  const readAll = async () => {
    const all = names.map((name) => web1.read(name, load))
    await vi.advanceTimersByTimeAsync(100)
    await Promise.all(all)
  }
  const asked = () => near[0]!.commands.filter((one) => one.startsWith('get ')).length
  await readAll()
  const before = asked()
  for (const name of [...names].reverse()) await web1.read(name, load)
  expect(asked() - before).toBe(50)
  await later()
  const after = asked()
  await web1.read(names.at(-1)!, load)
  expect(asked() - after).toBe(1)
})
