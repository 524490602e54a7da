import type { Clock, Session, Sessions } from '../ports.ts'
import { createMemoryCache } from './cache.ts'

/**
 * Sessions in this server's own memory, the way many applications start. It is fast, and correct for
 * as long as there is one server: a second one has never heard of them.
 */
export function createMemorySessions({ clock }: { readonly clock: Clock }): Sessions {
  const kept = createMemoryCache({ clock, capacity: 10_000 })
  return {
    async get(id) {
      const found = await kept.get(id)
      return found === undefined ? undefined : (JSON.parse(found) as Session)
    },
    set: (id, session, options) => kept.set(id, JSON.stringify(session), options),
    delete: (id) => kept.delete(id),
  }
}
