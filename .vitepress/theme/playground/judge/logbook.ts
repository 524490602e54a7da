/** What the reader's code may fill of the page: lines, characters in all, characters in a line. */
export const bounds = { lines: 100, characters: 10_000, line: 500 } as const

export interface LogLine {
  readonly text: string
  /** The check that ran. */
  readonly during?: string
}

export interface Log {
  readonly lines: readonly LogLine[]
  /** More was said than there is room for. */
  readonly isCut: boolean
}

/** Keeps the first lines; kept by the worker, and by the page, which does not believe the worker. */
export class Logbook {
  readonly #lines: LogLine[] = []
  #room: number = bounds.characters
  #isFull = false
  #isCut = false

  /** Nothing more will be kept. */
  get isFull(): boolean {
    return this.#isFull
  }

  get log(): Log {
    return { lines: this.#lines, isCut: this.#isCut }
  }

  add(text: unknown, during?: string): void {
    if (this.#isFull || typeof text !== 'string') return
    if (this.#lines.length === bounds.lines || this.#room === 0) {
      this.#isFull = this.#isCut = true
      return
    }
    const room = Math.min(bounds.line, this.#room)
    if (text.length > room) this.#isCut = true
    const kept = text.slice(0, room)
    this.#room -= kept.length
    this.#lines.push(during === undefined ? { text: kept } : { text: kept, during })
  }
}
