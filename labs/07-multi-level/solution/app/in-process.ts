/** Pages that one process keeps at most, and milliseconds for each. */
const [most, ttl] = [200, 2000]

interface Page {
  /** Given to all readers as it is: nobody writes into it. */
  readonly value: unknown
  readonly until: number
  readonly changes: number
}

/** What this process keeps for itself, the nearest level of all, until anything changes anywhere. */
export function createInProcess(changes: () => number) {
  const pages = new Map<string, Page>()

  return {
    get<T>(name: string): T | undefined {
      const page = pages.get(name)
      if (!page || page.changes !== changes() || page.until < performance.now()) return undefined
      return page.value as T
    },
    // region keep
    /** `since`: the changes when the reading began. If there are more by now, it is given to nobody. */
    keep(name: string, value: unknown, since: number): void {
      if (value === undefined) return
      pages.delete(name)
      pages.set(name, { value, until: performance.now() + ttl, changes: since })
      const [oldest] = pages.keys()
      if (oldest !== undefined && pages.size > most) pages.delete(oldest)
    },
    // endregion keep
  }
}
