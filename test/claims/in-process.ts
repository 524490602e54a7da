import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Redis } from 'ioredis'
import { onTestFinished } from 'vitest'
import { LruCache } from '../../snippets/cache/lru-cache.ts'
import { Resp3 } from './resp3.ts'
import { everything, namesOf } from './tracking.ts'

interface House {
  readonly redis: Redis
  /** At which messages of changes come; it may lead there by a detour. */
  readonly port: number
  readonly ttlMs: number
  readonly now: () => number
  /** When the connection for messages ends, what is in the process … */
  readonly whenDeaf: 'is dropped' | 'stays'
}

/** Pages in a web server's own memory, over Redis, which tells what has changed. */
export class InProcess {
  readonly #house: House
  readonly #ear: Resp3
  #pages: LruCache<string>

  private constructor(house: House, ear: Resp3) {
    this.#house = house
    this.#ear = ear
    this.#pages = this.#nothing()
  }

  static async open(house: House): Promise<InProcess> {
    const ear = await Resp3.open(house.port)
    const cache = new InProcess(house, ear)
    ear.onPush = ([, keys]) => {
      for (const key of namesOf(keys!)) cache.#drop(key)
    }
    if (house.whenDeaf === 'is dropped') void ear.closed.then(() => cache.#drop(everything))
    await ear.call('CLIENT', 'TRACKING', 'ON', 'BCAST', 'PREFIX', 'page:')
    return cache
  }

  async read(key: string): Promise<string> {
    const kept = this.#pages.get(key)
    if (kept !== undefined) return kept
    const found = (await this.#house.redis.get(key))!
    this.#pages.set(key, found)
    return found
  }

  /** Until all that Redis has told so far has been heard. */
  async listen(): Promise<void> {
    await this.#ear.call('PING')
  }

  /** Redis ends the connection for messages, and the process notices. */
  async deafen(): Promise<void> {
    const id = String(await this.#ear.call('CLIENT', 'ID'))
    await this.#house.redis.client('KILL', 'ID', id)
    await this.#ear.closed
  }

  #drop(key: string): void {
    if (key === everything) this.#pages = this.#nothing()
    else this.#pages.delete(key)
  }

  #nothing(): LruCache<string> {
    const { ttlMs, now } = this.#house
    return new LruCache({ capacity: 200, ttlMs, now })
  }
}

/** A way to a port of 127.0.0.1 on which, from `silence()` on, answers are lost, and neither end learns of it. */
export async function detour(to: number) {
  let isSilent = false
  let hasLost = () => {}
  const lost = new Promise<void>((resolve) => (hasLost = resolve))
  const sockets: Socket[] = []
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    sockets.push(near, far)
    for (const socket of [near, far]) socket.on('error', () => {})
    near.pipe(far)
    far.on('data', (data) => {
      if (isSilent) hasLost()
      else near.write(data)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return {
    port: (server.address() as AddressInfo).port,
    silence: () => (isSilent = true),
    /** Resolves when Redis has said something that nobody hears. */
    lost,
  }
}
