export interface CacheOptions<V> {
  /** The most entries that are kept; all memory is taken at the beginning. */
  readonly capacity: number
  /** How long an entry may be read; for ever when it is not given. */
  readonly ttlMs?: number
  /** The time, milliseconds since any moment; wanted with `ttlMs`. A coarse clock makes hits cheap. */
  readonly now?: () => number
  /** An entry has left because another wanted its room: not by `delete`, and not for its age. */
  readonly onEvict?: (key: string, value: V) => void
  /** Any number; another in each process, where strangers choose the keys. Default 0. */
  readonly seed?: number
}

const largest = 2 ** 26

export type CompleteOptions<V> = Required<Omit<CacheOptions<V>, 'onEvict'>> &
  Pick<CacheOptions<V>, 'onEvict'>

/** The options with what is usual filled in, or an error that says what to give. */
export function completed<V>(options: CacheOptions<V>): CompleteOptions<V> {
  const { capacity, ttlMs = Infinity, now, onEvict, seed = 0 } = options
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > largest)
    throw new RangeError(
      `The capacity is ${capacity}. Next: give a whole number of entries, 1 to ${largest}`,
    )
  if (!(ttlMs > 0)) throw new RangeError(`ttlMs is ${ttlMs}. Next: give milliseconds, more than 0`)
  if (ttlMs < Infinity && !now)
    throw new RangeError('There is a ttlMs and no clock. Next: give now, such as () => Date.now()')
  return { capacity, ttlMs, now: now ?? (() => 0), onEvict, seed }
}
