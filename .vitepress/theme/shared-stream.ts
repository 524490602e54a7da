import { subjectOf } from './live-subject.ts'

/** What the ends of a stream say to each other, from tab to tab. */
type Word =
  /** By who has just come: how do things stand? */
  | { readonly kind: 'ask' }
  | { readonly kind: 'open'; readonly isOpen: boolean }
  | { readonly kind: 'message'; readonly data: string }

/**
 * Server-sent events that all tabs of the site hear by one connection. A browser opens six to a server
 * (HTTP/1.1), and an `EventSource` keeps one as long as its tab: the seventh tab would never load.
 *
 * Who has the lock has the connection, and hands on what it hears. When that tab closes, the browser
 * gives the lock to the next.
 */
export class SharedStream {
  onopen: (() => void) | null = null
  onerror: (() => void) | null = null
  onmessage: ((message: { readonly data: string }) => void) | null = null
  readonly #channel: BroadcastChannel
  readonly #closing = new AbortController()

  constructor(url: string) {
    this.#channel = new BroadcastChannel(url)
    this.#channel.onmessage = ({ data }: MessageEvent<Word>) => this.#hear(data)
    this.#channel.postMessage({ kind: 'ask' } satisfies Word)
    const { signal } = this.#closing
    navigator.locks
      .request(url, { signal }, () => this.#hold(url))
      // Closed before its turn came.
      .catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
  }

  close(): void {
    this.#closing.abort()
    this.#channel.close()
  }

  #hear(word: Word): void {
    if (word.kind === 'message') this.onmessage?.(word)
    else if (word.kind === 'open') (word.isOpen ? this.onopen : this.onerror)?.()
  }

  /** Keeps the connection, and with it the lock, until this end is closed. */
  async #hold(url: string): Promise<void> {
    const { signal } = this.#closing
    if (signal.aborted) return
    const source = new EventSource(url)
    const newest = new Map<string, Word>()
    const tell = (word: Word) => {
      this.#channel.postMessage(word)
      this.#hear(word)
    }
    this.#channel.onmessage = ({ data }: MessageEvent<Word>) => {
      // The others hear it once more: it is how things stand for them, too.
      if (data.kind === 'ask') for (const word of newest.values()) this.#channel.postMessage(word)
    }
    const setOpen = (isOpen: boolean) => {
      const word = { kind: 'open', isOpen } as const
      newest.set(word.kind, word)
      tell(word)
    }
    source.onopen = () => setOpen(true)
    source.onerror = () => setOpen(false)
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const word = { kind: 'message', data } as const
      const subject = subjectOf(JSON.parse(data) as { kind?: string; id?: string })
      if (subject) newest.set(`about ${subject}`, word)
      tell(word)
    }
    await new Promise((closed) => signal.addEventListener('abort', closed))
    source.close()
  }
}
