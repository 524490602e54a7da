export interface Counted {
  readonly key: string
  /** Never too low; too high by at most the sum of all counts, divided by the table's size. */
  readonly count: number
}

/**
 * Finds the keys that are asked for most, in a table of so many rows: Space-Saving. A key that isn't
 * in it takes over the row of the least counted, and its count. So whatever has more than one in
 * `rows` of the counts is in the table, however many keys there are.
 *
 * Metwally, Agrawal and El Abbadi, "Efficient computation of frequent and top-k elements in data
 * streams", ICDT 2005
 */
export class TopKeys {
  readonly #rows: number
  readonly #counts = new Map<string, number>()

  constructor(rows: number) {
    if (!Number.isInteger(rows) || rows < 1)
      throw new RangeError(`A table of ${rows} rows. Next: give a whole number from 1 on`)
    this.#rows = rows
  }

  // #region count
  count(key: string): void {
    const counted = this.#counts.get(key)
    if (counted !== undefined) this.#counts.set(key, counted + 1)
    else if (this.#counts.size < this.#rows) this.#counts.set(key, 1)
    else this.#counts.set(key, this.#takeLeast() + 1)
  }

  /** O(rows), and only for a key that isn't in the table: the popular ones are. */
  #takeLeast(): number {
    let [least, lowest] = ['', Infinity]
    for (const [key, count] of this.#counts) if (count < lowest) [least, lowest] = [key, count]
    this.#counts.delete(least)
    return lowest
  }

  /** Now and then, so that yesterday's star is not for ever ahead of today's. */
  halve(): void {
    for (const [key, count] of this.#counts) this.#counts.set(key, count / 2)
  }
  // #endregion count

  /** The most counted first. */
  top(count: number): readonly Counted[] {
    return [...this.#counts]
      .map(([key, count]) => ({ key, count }))
      .sort((a, b) => b.count - a.count)
      .slice(0, count)
  }
}
