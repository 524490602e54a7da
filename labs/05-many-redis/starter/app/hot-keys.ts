/** What this web server is asked for most. */
export function createHotKeys() {
  return {
    count(name: string): void {
      // TODO task 6: a table for every name that anybody can think of has no end.
      void name
    },
    isHot: (name: string) => name === 'nothing yet',
  }
}
