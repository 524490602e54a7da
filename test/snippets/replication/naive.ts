/** Each byte of a stream, one by one, and a window over the last of them. */
export class Tape {
  readonly #backlogBytes: number
  #kept: number[] = []
  #length = 0

  constructor(backlogBytes: number) {
    this.#backlogBytes = backlogBytes
  }

  write(bytes: number): void {
    for (let count = 0; count < bytes; count++) {
      this.#kept.push(this.#length++)
      if (this.#kept.length > this.#backlogBytes) this.#kept.shift()
    }
  }

  /** Whether every byte from this offset on is still there. */
  has(offset: number): boolean {
    for (let at = offset; at < this.#length; at++) if (!this.#kept.includes(at)) return false
    return true
  }
}

/** What a client sends: written out, and counted. */
export const naiveBytes = (words: readonly string[]): number =>
  Buffer.from(
    [
      `*${words.length}`,
      ...words.flatMap((word) => [`$${Buffer.byteLength(word)}`, word]),
      '',
    ].join('\r\n'),
  ).length
