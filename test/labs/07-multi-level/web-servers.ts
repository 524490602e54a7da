import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { vi } from 'vitest'
import { labCalled } from '../lab-under-test.ts'
import { forgetStores, type Store, storeCalled } from './redis-in-memory.ts'

export interface Found {
  readonly outcome: string
  readonly value: unknown
}
export interface Cache {
  read(name: string, load: () => Promise<unknown>): Promise<Found>
  change(
    names: readonly string[],
    write: () => Promise<unknown>,
    more?: () => readonly string[],
  ): Promise<unknown>
}

export const groups = ['near1', 'near2', 'near3']

/**
 * Two web servers of the lab's solution, over Redis in memory and a clock that the test turns: it mocks
 * `ioredis` and `node:timers/promises` before.
 */
export class WebServers {
  readonly near: Store[] = groups.map(storeCalled)
  readonly main: Store = storeCalled('redis1')
  readonly #open: (forum: object) => Cache
  web1: Cache
  web2: Cache
  /** What stands in the database: `first` where nothing was written. */
  database: Record<string, string> = {}
  topics: readonly number[] = [7, 8, 9]
  loads = 0

  private constructor(open: (forum: object) => Cache) {
    this.#open = open
    ;[this.web1, this.web2] = [this.#told(groups), this.#told(groups)]
  }

  /** They know each other's groups, and something has been written before. */
  static async start(): Promise<WebServers> {
    forgetStores()
    const file = join(labCalled('multi-level').folder, 'solution/app/cache.ts')
    const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
      openCache: (forum: object) => Cache
    }
    const servers = new WebServers(module.openCache)
    await vi.advanceTimersByTimeAsync(1000)
    await servers.write(servers.web1, 'topic:9', 'first')
    return servers
  }

  /** Starts both again, told of these groups. */
  async restart(row: readonly string[]): Promise<void> {
    vi.clearAllTimers()
    ;[this.web1, this.web2] = [this.#told(row), this.#told(row)]
    await vi.advanceTimersByTimeAsync(1000)
  }

  #told(row: readonly string[]): Cache {
    process.env.NEAR_URL = `redis://${row.join()}`
    const topicIds = () => Promise.resolve(this.topics)
    return this.#open({ redisUrl: 'redis://redis1,copy1', topicIds })
  }

  /** Begins to read; the clock stands still. */
  begin(web: Cache, name = 'topic:7'): Promise<Found> {
    return web.read(name, () => {
      this.loads += 1
      const id = Number(name.split(':')[1])
      const isThere = !name.startsWith('topic:') || this.topics.includes(id)
      return Promise.resolve(isThere ? (this.database[name] ?? 'first') : undefined)
    })
  }

  async read(web: Cache, name = 'topic:7'): Promise<Found> {
    return atLast(this.begin(web, name), 20)
  }

  /** Writes; the milliseconds until that is answered. */
  async write(web: Cache, name: string, text: string): Promise<number> {
    const from = performance.now()
    const writing = web.change([name], () => Promise.resolve((this.database[name] = text)))
    await atLast(writing, 1)
    return performance.now() - from
  }
}

/** Turns the clock on, a step at a time, until this has come. */
export async function atLast<T>(coming: Promise<T>, step: number): Promise<T> {
  let isHere = false
  const here = () => (isHere = true)
  coming.then(here, here)
  for (let turns = 0; !isHere && turns < 10_000; turns++) await vi.advanceTimersByTimeAsync(step)
  return coming
}

/** Chance picks this one of the groups that may be asked. */
export const chance = (index: number) =>
  vi.spyOn(Math, 'random').mockReturnValue((index + 0.5) / groups.length)

/** Long enough for a process to forget, and not for a group. */
export const later = () => vi.advanceTimersByTimeAsync(2500)
