import { type Client, connect } from './redis-client.ts'
import type { Watch } from './sentinels.ts'
import type { Half } from './servers.ts'

export type OpenHalf = ReturnType<typeof openHalf>

/** One half of all keys: who has it now, and who is asked. */
export function openHalf(half: Half, watch: Watch) {
  const clients = new Map(half.redis.map((name) => [name, connect(name)]))
  const master = (): Client => clients.get(watch.masterOf(half)) ?? clients.get(half.redis[0])!

  return {
    name: half.name,
    master,
    // TODO task 2: and if it does not answer? There is another that has the same.
    read: <T>(ask: (redis: Client) => Promise<T>): Promise<T> => ask(master()),
    isAlone: (redis: Client) => watch.isAlone(half, redis.name),
  }
}
