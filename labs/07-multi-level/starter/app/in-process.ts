/** What this process keeps for itself, the nearest level of all, until anything changes anywhere. */
export function createInProcess(changes: () => string) {
  return {
    get<T>(name: string): T | undefined {
      // TODO task 6: how many pages, for how long, and who tells it of a reply at the other server?
      void [name, changes]
      return undefined
    },
    /** `since`: the word of changes when the reading began. What has changed since is not news. */
    keep(name: string, value: unknown, since: string): void {
      void [name, value, since]
    },
  }
}
