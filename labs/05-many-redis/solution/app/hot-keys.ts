/** A name is hot when one of ten readings is for it, */
const share = 0.1
/** counted over so many: few enough to notice soon, and the table never grows beyond it. */
const window = 200

/** What this web server is asked for most. */
export function createHotKeys() {
  let counts = new Map<string, number>()
  let readings = 0
  let hot: ReadonlySet<string> = new Set()

  function judge(): void {
    const names = [...counts].filter(([, count]) => count >= share * window)
    hot = new Set(names.map(([name]) => name))
    counts = new Map()
    readings = 0
  }

  return {
    count(name: string): void {
      counts.set(name, (counts.get(name) ?? 0) + 1)
      if (++readings >= window) judge()
    },
    isHot: (name: string) => hot.has(name),
  }
}
