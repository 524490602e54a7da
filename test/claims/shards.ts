import { HashRing } from '../../snippets/hashing/hash-ring.ts'
import { moduloNode } from '../../snippets/hashing/modulo.ts'
import { seededRandom } from '../../snippets/sim/random.ts'
import { zipf } from '../../snippets/sim/zipf.ts'
import type { RedisServer } from './redis-servers.ts'

export type ServerOf = (key: string) => RedisServer
/** Deals out the keys. */
export type Placing = (servers: readonly RedisServer[]) => ServerOf

const byName = (servers: readonly RedisServer[]) =>
  new Map(servers.map((server) => [server.name, server]))

export const byModulo: Placing = (servers) => {
  const named = byName(servers)
  const names = [...named.keys()]
  return (key) => named.get(moduloNode(key, names))!
}

export const byRing: Placing = (servers) => {
  const named = byName(servers)
  const ring = new HashRing(servers.map(({ name }) => ({ name })))
  return (key) => named.get(ring.nodeFor(key))!
}

/** Versions of topics, and which of them were asked for. */
export class Database {
  readonly asked: string[] = []
  readonly #versions = new Map<string, number>()

  load(key: string): string {
    this.asked.push(key)
    return `version ${this.#versions.get(key) ?? 1}`
  }

  change(key: string): void {
    this.#versions.set(key, (this.#versions.get(key) ?? 1) + 1)
  }
}

/** A web server with cache-aside over several Redis; one that is away costs the hit, and not the page. */
export class WebServer {
  readonly serverOf: ServerOf
  readonly #database: Database

  constructor(serverOf: ServerOf, database: Database) {
    this.serverOf = serverOf
    this.#database = database
  }

  async read(key: string): Promise<string> {
    const { redis } = this.serverOf(key)
    const kept = await redis.get(key).catch(() => null)
    if (kept !== null) return kept
    const value = this.#database.load(key)
    await redis.set(key, value).catch(() => {})
    return value
  }

  /** Several different keys at once. */
  readAll(keys: readonly string[]): Promise<readonly string[]> {
    return Promise.all(keys.map((key) => this.read(key)))
  }

  /** One reader after the other. */
  async serve(requests: readonly string[]): Promise<void> {
    for (const key of requests) await this.read(key)
  }

  async change(key: string): Promise<void> {
    this.#database.change(key)
    await this.serverOf(key).redis.del(key)
  }

  async changeAll(keys: readonly string[]): Promise<void> {
    await Promise.all(keys.map((key) => this.change(key)))
  }
}

/** A minute of fifty readers a second, who want some of the topics more than others. */
export function minuteOf(topics: readonly string[], seed: number): readonly string[] {
  const draw = zipf(topics.length, 0.9, seededRandom(seed))
  return Array.from({ length: 50 * 60 }, () => topics[draw()]!)
}
