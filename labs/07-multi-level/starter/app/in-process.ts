/** What this process keeps for itself, the nearest level of all, until anything changes anywhere. */
export function createInProcess(changes: () => number) {
  return {
    get<T>(name: string): T | undefined {
      // TODO task 6: how many pages, for how long, and who tells it of a reply at the other server?
      void [name, changes]
      return undefined
    },
    /** `since`: the changes when the reading began. If there are more by now, it is given to nobody. */
    keep(name: string, value: unknown, since: number): void {
      void [name, value, since]
    },
  }
}
