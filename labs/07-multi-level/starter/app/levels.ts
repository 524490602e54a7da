import { decode } from './encoding.ts'
import {
  createTogether,
  type Dated,
  fetchOnce,
  type Found,
  type Load,
  lockKey,
  pageKey,
} from './loading.ts'
import type { Main } from './main-level.ts'
import type { openNear } from './near.ts'

const listName = 'topics'

interface Levels {
  readonly near: ReturnType<typeof openNear>
  readonly main: Main
  readonly topicIds: () => Promise<readonly number[]>
}

/** The way down: a group, the main level, the database. What is found is filled in on the way back. */
export function createLevels({ near, main, topicIds }: Levels) {
  const together = createTogether()

  // region read
  async function read<T>(name: string, load: Load<T>): Promise<Found<T>> {
    // TODO task 1: a group is asked first, and what it lacks is filled into it.
    // TODO task 4: what several readers lack in a group at the same time, one of them fetches.
    return together.fetch(name, () => fromMain(name, load))
  }
  // endregion read

  async function fromMain<T>(name: string, load: Load<T>): Promise<Dated<T>> {
    const asOf = performance.now()
    const bypass = async (): Promise<Found<T>> => ({ outcome: 'bypass', value: await load() })
    try {
      const kept = await main.read((redis) => redis.get(pageKey(name)))
      if (kept !== null) return { asOf, found: { outcome: 'hit', value: decode<T>(kept) } }
    } catch {
      return { asOf, found: await bypass() }
    }
    if (main.isAway()) return { asOf, found: await bypass() }
    if (!(await mayExist(name))) return { asOf, found: { outcome: 'hit', value: undefined } }
    return { asOf, found: await fetchOnce(main.master, name, load) }
  }

  /** A list of all topics is one key; a note for each number that is none would be a million. */
  async function mayExist(name: string): Promise<boolean> {
    const [, id] = /^topic:(\d+)$/.exec(name) ?? []
    if (id === undefined) return true
    const { value: ids = [] } = await read(listName, async () => [...(await topicIds())])
    return ids.includes(Number(id))
  }

  // region forget
  async function forget(names: readonly string[]): Promise<void> {
    // With its lock, so that nobody fills it who has read the database before.
    const keys = names.flatMap((name) => [pageKey(name), lockKey(name)])
    await main.forget(keys).catch(() => {})
    // TODO task 5: the order matters, and a reader who is slow.
    await near.forget(names)
  }
  // endregion forget

  return {
    read,
    forget,
    /** With it the list of all topics is old. */
    forgetNew: (names: readonly string[]) => forget([...names, listName]),
  }
}
