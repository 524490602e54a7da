import type { Random } from '../sim/random.ts'
import type { Level } from './multi-level-cache.ts'

/**
 * Several levels side by side as one: each reader is sent to one of them by chance, so that a key that
 * half the world wants is served by all. Each keeps its own copy, so all must be told of a change. A fill
 * goes to one that is drawn anew: chapter 7's lab fills the one that was asked, and has fewer misses.
 */
// #region any-of
export function anyOf<V>(name: string, levels: readonly Level<V>[], random: Random): Level<V> {
  const one = () => levels[Math.floor(random() * levels.length)]!
  return {
    name,
    get: (key) => one().get(key),
    set: (key, value) => one().set(key, value),
    delete: async (key) => {
      const told = await Promise.allSettled(levels.map(async (level) => level.delete(key)))
      const failed = told.filter(({ status }) => status === 'rejected')
      if (failed.length > 0) throw new AggregateError(failed, `${name}: ${key} may still be there`)
    },
  }
}
// #endregion any-of
