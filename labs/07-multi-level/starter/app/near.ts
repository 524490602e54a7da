import type { Main } from './main-level.ts'
import { type Client, connect } from './redis-client.ts'

/** A group with little processor is slow, and not away. Who writes waits for the next step, too. */
const patience = { asked: 250, told: 180 }

/** The near level: groups that have the same pages, each of them all that is read there. */
export function openNear(names: readonly string[], main: Main) {
  const clients = new Map(names.map((name) => [name, connect(name, patience)]))

  return {
    // TODO tasks 1, 2, 3: one of them by chance, for each reading.
    // TODO task 4: who is away, and who is back with nothing?
    pick(): Client | undefined {
      void [clients, main]
      return undefined
    },
    /** Nobody is shown an old page by any of these groups when this is over. */
    async forget(names: readonly string[]): Promise<void> {
      // TODO task 5: in all of them. And one that cannot be told?
      void names
    },
  }
}
