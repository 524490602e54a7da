import { type Level, MultiLevelCache } from '../../snippets/cache/multi-level-cache.ts'
import type { Random } from '../../snippets/sim/random.ts'
import type { RedisServer } from './redis-servers.ts'
import type { ServerOf } from './shards.ts'

/** One Redis as a level. */
export function levelOf({ name, redis }: RedisServer): Level<string> {
  return {
    name,
    get: async (key) => (await redis.get(key)) ?? undefined,
    set: async (key, value) => void (await redis.set(key, value)),
    delete: async (key) => void (await redis.del(key)),
  }
}

/** A group for each reading, whatever is read. */
export const byLot =
  (groups: readonly RedisServer[], random: Random): ServerOf =>
  () =>
    groups[Math.floor(random() * groups.length)]!

interface House {
  /** Which group is asked for this reading; what it lacks is filled into it. */
  readonly groupOf: ServerOf
  readonly main: Level<string>
  readonly load: (key: string) => string
}

/** A web server that asks one group, then the main level, then the database. */
export class NearServer {
  readonly #house: House
  readonly #ways = new Map<RedisServer, MultiLevelCache<string>>()

  constructor(house: House) {
    this.#house = house
  }

  async read(key: string): Promise<string> {
    const way = this.#wayOver(this.#house.groupOf(key))
    const { value } = await way.get(key, async () => this.#house.load(key))
    return value!
  }

  #wayOver(group: RedisServer): MultiLevelCache<string> {
    const known = this.#ways.get(group)
    if (known) return known
    const way = new MultiLevelCache([levelOf(group), this.#house.main])
    this.#ways.set(group, way)
    return way
  }

  readAll(keys: readonly string[]): Promise<readonly string[]> {
    return Promise.all(keys.map((key) => this.read(key)))
  }

  /** Many readers at once, though not all. */
  async serve(requests: readonly string[]): Promise<readonly string[]> {
    const shown: string[] = []
    for (let at = 0; at < requests.length; at += 50)
      shown.push(...(await this.readAll(requests.slice(at, at + 50))))
    return shown
  }
}

/** From now on its GETs are counted. */
export const countAnew = ({ redis }: RedisServer) => redis.config('RESETSTAT')

/** By its own count. */
export const getsAt = (server: RedisServer): Promise<number> =>
  server.info('commandstats', /^cmdstat_get:calls=(\d+)/m)

/** So much more memory than it needs with nothing in it. */
export async function leaveRoom(server: RedisServer, megabytes: number): Promise<void> {
  const used = await server.info('memory', /^used_memory:(\d+)/m)
  await server.redis.config('SET', 'maxmemory', `${used + Math.round(megabytes * 2 ** 20)}`)
}
