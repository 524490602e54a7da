import { setTimeout as pause } from 'node:timers/promises'
import { type Client, connect } from './redis-client.ts'
import type { Watch } from './sentinels.ts'
import type { Half } from './servers.ts'

/** Milliseconds for one Redis to answer a reader, before the other is asked. */
const moment = 120
/** And for both: who was promoted a moment ago takes no connections for some milliseconds. */
const patience = 200
/** Who has been silent for so long is not waited for any more. */
const dead = 1000

export type OpenHalf = ReturnType<typeof openHalf>

/** One half of all keys: who has it now, and who is asked. */
export function openHalf(half: Half, watch: Watch) {
  const clients = new Map(half.redis.map((name) => [name, connect(name)]))
  const master = (): Client => clients.get(watch.masterOf(half)) ?? clients.get(half.redis[0])!

  /** The master first. Its copy, where it does not answer. */
  function order(): readonly Client[] {
    const first = master()
    const copies = [...clients.values()].filter(({ name }) => watch.isCopy(half, name))
    const all = [first, ...copies.filter((copy) => copy !== first)]
    const heard = all.filter((redis) => redis.silentFor() === 0)
    return heard.length > 0 ? heard : all.filter((redis) => redis.silentFor() < dead)
  }

  async function read<T>(ask: (redis: Client) => Promise<T>): Promise<T> {
    const until = performance.now() + patience
    let why: unknown = new Error(`half ${half.name} is away`)
    for (let left = order(); left.length > 0; left = order()) {
      for (const redis of left) {
        try {
          return await within(moment, redis, ask(redis))
        } catch (error) {
          why = error
        }
      }
      if (performance.now() > until) break
      await pause(20)
    }
    throw why
  }

  return {
    name: half.name,
    master,
    read,
    seemsAlone: (redis: Client) => watch.seemsAlone(half, redis.name),
    isAlone: (redis: Client) => watch.isAlone(half, redis.name),
  }
}

async function within<T>(ms: number, redis: Client, answer: Promise<T>): Promise<T> {
  const late = new AbortController()
  const tooLate = pause(ms, undefined, { signal: late.signal }).then(() => {
    redis.isLate()
    throw new Error(`${redis.name} is late`)
  })
  try {
    return await Promise.race([answer, tooLate])
  } finally {
    tooLate.catch(() => {})
    late.abort()
  }
}
