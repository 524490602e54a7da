interface Entry {
  readonly at: number
  readonly order: number
  readonly run: () => void
}

const isBefore = (a: Entry, b: Entry) => a.at < b.at || (a.at === b.at && a.order < b.order)

/** What is to happen when: a binary heap; of two things at one time, the one noted first. */
export class Agenda {
  readonly #heap: Entry[] = []
  #noted = 0

  add(at: number, run: () => void): void {
    const heap = this.#heap
    const entry = { at, order: this.#noted++, run }
    let hole = heap.length
    heap.push(entry)
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      if (!isBefore(entry, heap[parent]!)) break
      heap[hole] = heap[parent]!
      hole = parent
    }
    heap[hole] = entry
  }

  /** The next thing that is due by then, taken from the agenda. */
  takeUntil(time: number): Entry | undefined {
    const heap = this.#heap
    const first = heap[0]
    if (!first || first.at > time) return undefined
    const last = heap.pop()!
    if (heap.length > 0) this.#sink(last)
    return first
  }

  #sink(entry: Entry): void {
    const heap = this.#heap
    let hole = 0
    for (;;) {
      let child = 2 * hole + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++
      if (!isBefore(heap[child]!, entry)) break
      heap[hole] = heap[child]!
      hole = child
    }
    heap[hole] = entry
  }
}
