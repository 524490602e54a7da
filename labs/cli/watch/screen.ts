import type { WriteStream } from 'node:tty'
import type { ScreenSize } from './view.ts'

const escape = '\u001b['
const enter = `${escape}?1049h${escape}?25l`
const leave = `${escape}?25h${escape}?1049l`
/** The terminal shows everything between the two at once: no flicker. */
const [hold, show] = [`${escape}?2026h`, `${escape}?2026l`]

/** The alternate screen: painted whole, in place; the reader's own screen comes back at the end. */
export class Screen {
  readonly #stream: WriteStream
  #last = ''
  #closed = false

  constructor(stream: WriteStream) {
    this.#stream = stream
    stream.write(enter)
  }

  get size(): ScreenSize {
    return { columns: this.#stream.columns ?? 80, rows: this.#stream.rows ?? 24 }
  }

  paint(lines: readonly string[]): void {
    if (this.#closed) return
    const frame = lines.map((line) => `${line}${escape}K`).join('\r\n')
    if (frame === this.#last) return
    this.#last = frame
    this.#stream.write(`${hold}${escape}H${frame}${escape}J${show}`)
  }

  onResize(listener: () => void): void {
    this.#stream.on('resize', () => {
      this.#last = ''
      listener()
    })
  }

  close(): void {
    this.#closed = true
    this.#stream.removeAllListeners('resize')
    this.#stream.write(leave)
  }
}
