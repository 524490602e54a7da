import { setTimeout as wait } from 'node:timers/promises'
import { openPool } from './adapters/mariadb-pool.ts'
import { prepareSchema } from './adapters/mariadb-schema.ts'
import { createMariadbStore } from './adapters/mariadb-store.ts'
import type { Place } from './env.ts'
import { EnvError } from './env.ts'
import { createMemoryStore } from './memory/store.ts'
import type { Clock, Store } from './ports.ts'
import { StoreAway } from './ports.ts'

interface Options {
  readonly place: Place
  readonly clock: Clock
  readonly log: (line: string) => void
  /** With the pause between them, how long a database may take to start: about a minute. */
  readonly attempts?: number
  readonly pauseMs?: number
}

/** A database usually starts more slowly than its application. Wait for it, say so, and give up. */
export async function openStore(options: Options): Promise<Store> {
  const { place, clock, log, attempts = 60, pauseMs = 1000 } = options
  if (place.kind === 'memory') return createMemoryStore({ seededAt: clock() })
  const { host } = new URL(place.url)
  const pool = openPool(place.url)
  for (let attempt = 1; ; attempt++) {
    try {
      log(`database ready at ${host} (topics ${await prepareSchema(pool, clock())})`)
      return createMariadbStore(pool)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      if (!(error instanceof StoreAway) || attempt === attempts) {
        throw new EnvError(
          `DATABASE_URL: no database at ${host} after attempt ${attempt}: ${reason}`,
          {
            cause: error,
          },
        )
      }
      log(`waiting for the database at ${host} (${reason}), attempt ${attempt} of ${attempts}`)
      await wait(pauseMs)
    }
  }
}
