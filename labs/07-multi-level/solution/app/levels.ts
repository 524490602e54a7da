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
import type { Group, openNear } from './near.ts'

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
  const read = <T>(name: string, load: Load<T>) => readBy(near.pick(), name, load)

  async function readBy<T>(
    group: Group | undefined,
    name: string,
    load: Load<T>,
  ): Promise<Found<T>> {
    const kept = await group?.get(name)
    if (kept) return { outcome: 'hit', value: decode<T>(kept) }
    return together.fetch(name, () => fetchInto(group, name, load))
  }

  async function fetchInto<T>(
    group: Group | undefined,
    name: string,
    load: Load<T>,
  ): Promise<Dated<T>> {
    for (let turn = 0; turn < 3 && group?.isAsked(); turn++) {
      const { kept, token } = await group.lease(name)
      if (kept) return { asOf: kept.asOf, found: { outcome: 'hit', value: decode<T>(kept.page) } }
      const below = await fromMain(name, load, group)
      if (!token) return below
      // What does not exist may soon exist: no group keeps that.
      if (below.found.value === undefined || !group.isAsked()) {
        void group.giveBack(name, token)
        return below
      }
      const now = performance.now()
      const isFilled = await group.fill(name, token, below.found.value)
      if (isFilled) return { ...below, asOf: now }
      if (isFilled === undefined) return below
      // What we have may be old: once more.
    }
    return fromMain(name, load, group)
  }
  // endregion read

  async function fromMain<T>(name: string, load: Load<T>, group?: Group): Promise<Dated<T>> {
    const asOf = performance.now()
    const bypass = async (): Promise<Found<T>> => ({ outcome: 'bypass', value: await load() })
    try {
      const kept = await main.read((redis) => redis.get(pageKey(name)))
      if (kept !== null) return { asOf, found: { outcome: 'hit', value: decode<T>(kept) } }
    } catch {
      return { asOf, found: await bypass() }
    }
    if (main.isAway()) return { asOf, found: await bypass() }
    if (!(await mayExist(name, group))) return { asOf, found: { outcome: 'hit', value: undefined } }
    return { asOf, found: await fetchOnce(main.master, name, load) }
  }

  /** A list of all topics is one key; a note for each number that is none would be a million. */
  async function mayExist(name: string, group?: Group): Promise<boolean> {
    const [, id] = /^topic:(\d+)$/.exec(name) ?? []
    if (id === undefined) return true
    // Of the same group, if it answers: nobody waits for two that are away.
    const same = group?.isAsked() ? group : undefined
    const { value: ids = [] } = await readBy(same, listName, async () => [...(await topicIds())])
    return ids.includes(Number(id))
  }

  // region forget
  async function forget(names: readonly string[]): Promise<void> {
    // The farthest first: else the old one comes back from there. With its lock, so that nobody fills
    // it who has read the database before.
    const keys = names.flatMap((name) => [pageKey(name), lockKey(name)])
    const board = await main.forget(keys).catch(() => main.lastBoard())
    await near.forget(names, board).catch(() => {})
    // The nearest last: a process that is told sooner may find the old one in a group.
    await main.noteChange().catch(() => {})
  }
  // endregion forget

  return {
    read,
    forget,
    /** With it the list of all topics is old. */
    forgetNew: (names: readonly string[]) => forget([...names, listName]),
  }
}
